package dev.atlex.identity;

import dev.atlex.client.transport.ResponseTooLargeException;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.data.internal.Excerpt;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From a DID to its document: that of a {@code did:plc} is in a directory, that of a {@code did:web} on its host. */
final class DidLookup {
    private static final int MAX_SHOWN = 80;
    /** A usual document has less than 2 KB; those of strangers are also remembered. */
    private static final int MAX_BODY = 64 << 10;

    private static final String ACCEPT = "application/did+ld+json, application/json";
    private static final Pattern PLC = Pattern.compile("[a-z2-7]{24}");
    private static final Pattern LOCALHOST = Pattern.compile("localhost(?:%3[Aa]([1-9][0-9]{0,4}))?");

    private final HttpFetcher directory;
    private final HttpFetcher web;
    private final SsrfGuard guard;
    private final String plcUrl;

    /**
     * @param directory how the directory is asked, which whoever runs the program has chosen
     * @param web how the hosts are asked that strangers have chosen
     * @param plcUrl without a slash at its end
     */
    DidLookup(HttpFetcher directory, HttpFetcher web, SsrfGuard guard, String plcUrl) {
        this.directory = directory;
        this.web = web;
        this.guard = guard;
        this.plcUrl = plcUrl;
    }

    DidDocument document(Did did) {
        return switch (did.method()) {
            case "plc" -> fetch(did, directory, plc(did));
            case "web" -> fetch(did, web, web(did));
            default ->
                throw new UnsupportedDidException(
                        did, show(did) + ": DIDs of the method " + did.method() + " are not supported", null);
        };
    }

    private URI plc(Did did) {
        if (!PLC.matcher(did.identifier()).matches()) {
            throw new UnsupportedDidException(
                    did, show(did) + ": a did:plc has 24 characters, a to z and 2 to 7, after its method", null);
        }
        return URI.create(plcUrl + "/" + did);
    }

    private URI web(Did did) {
        String host = did.identifier();
        Matcher localhost = LOCALHOST.matcher(host);
        if (localhost.matches()) {
            if (!guard.allowsPrivate()) {
                throw new ForbiddenHostException("localhost", show(did) + ": localhost is for tests", null);
            }
            String port = localhost.group(1) == null ? "" : ":" + localhost.group(1);
            return URI.create("http://localhost" + port + "/.well-known/did.json");
        }
        if (host.contains(":")) {
            throw new UnsupportedDidException(did, show(did) + ": a did:web may not have a path", null);
        }
        if (host.contains("%")) {
            throw new UnsupportedDidException(did, show(did) + ": a did:web may not have a port", null);
        }
        if (!Handle.isValid(host)) {
            throw new UnsupportedDidException(did, show(did) + ": a did:web needs a full domain name", null);
        }
        guard.checkDomain(host);
        return URI.create("https://" + host + "/.well-known/did.json");
    }

    private static DidDocument fetch(Did did, HttpFetcher from, URI url) {
        HttpFetcher.Page page;
        try {
            page = from.get(url, ACCEPT, MAX_BODY);
        } catch (TransportInterruptedException e) {
            throw e;
        } catch (ResponseTooLargeException e) {
            throw new InvalidDidDocumentException(url + " answered more than " + MAX_BODY + " bytes", e);
        } catch (TransportException e) {
            throw new IdentityLookupException(
                    "the document of " + show(did) + " could not be fetched: " + e.getMessage(), e);
        }
        if (page.isNotFound()) {
            throw new DidNotFoundException(
                    did, "there is no document of " + show(did) + ": " + url + " answered " + page.status(), null);
        }
        if (!page.isSuccess()) {
            // A redirect too: a DID's document is where the DID says, or nowhere.
            throw new IdentityLookupException(
                    "the document of " + show(did) + " could not be fetched: " + url + " answered " + page.status(),
                    null);
        }
        return checked(did, url, page.body());
    }

    private static DidDocument checked(Did did, URI url, byte[] body) {
        DidDocument document;
        try {
            document = DidDocument.parse(body);
        } catch (InvalidDidDocumentException e) {
            throw new InvalidDidDocumentException(url + ": " + e.getMessage(), e);
        }
        if (!document.id().equals(did)) {
            throw new InvalidDidDocumentException(
                    url + " answered the document of another DID, " + show(document.id()), null);
        }
        return document;
    }

    private static String show(Did did) {
        return Excerpt.line(did.toString(), MAX_SHOWN);
    }
}
