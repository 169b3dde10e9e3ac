package dev.atlex.identity;

import dev.atlex.client.transport.ResponseTooLargeException;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.data.internal.Excerpt;
import dev.atlex.identity.internal.SsrfGuard;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fetches DID documents: those of {@code did:plc} from a directory, those of {@code did:web} from their host. */
final class DidLookup {
    private static final int MAX_SHOWN = 80;
    /** A typical document has less than 2 KB. Hostile ones are cached too, so they must be small. */
    private static final int MAX_BODY = 64 << 10;

    private static final String ACCEPT = "application/did+ld+json, application/json";
    private static final Pattern PLC = Pattern.compile("[a-z2-7]{24}");
    private static final Pattern LOCALHOST = Pattern.compile("localhost(?:%3[Aa]([1-9][0-9]{0,4}))?");

    private final HttpFetcher directory;
    private final HttpFetcher web;
    private final SsrfGuard guard;
    private final String plcUrl;

    /**
     * @param directory sends requests to the directory, which is trusted
     * @param web sends requests to hosts from untrusted sources
     * @param plcUrl the URL of the directory, without a slash at its end
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
                        did, show(did) + ": the DID method " + did.method() + " is not supported", null);
        };
    }

    private URI plc(Did did) {
        if (!PLC.matcher(did.identifier()).matches()) {
            throw new UnsupportedDidException(
                    did, show(did) + ": expected 24 characters from a to z and 2 to 7 after did:plc:", null);
        }
        return URI.create(plcUrl + "/" + did);
    }

    private URI web(Did did) {
        String host = did.identifier();
        Matcher localhost = LOCALHOST.matcher(host);
        if (localhost.matches()) {
            if (!guard.allowsPrivate()) {
                throw new ForbiddenHostException(
                        "localhost",
                        show(did) + ": localhost is allowed in tests only; see allowPrivateAddresses",
                        null);
            }
            String port = localhost.group(1) == null ? "" : ":" + localhost.group(1);
            return URI.create("http://localhost" + port + "/.well-known/did.json");
        }
        if (host.contains(":")) {
            throw new UnsupportedDidException(did, show(did) + ": a did:web must not have a path", null);
        }
        if (host.contains("%")) {
            throw new UnsupportedDidException(did, show(did) + ": a did:web must not have a port", null);
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
            throw new InvalidDidDocumentException(url + ": the response has more than " + MAX_BODY + " bytes", e);
        } catch (TransportException e) {
            throw new IdentityLookupException(
                    "failed to fetch the document of " + show(did) + ": " + e.getMessage(), e);
        }
        if (page.isNotFound()) {
            throw new DidNotFoundException(
                    did, show(did) + " has no document: " + url + " returned status " + page.status(), null);
        }
        if (!page.isSuccess()) {
            // Redirects are not followed: the DID alone determines where its document is.
            throw new IdentityLookupException(
                    "failed to fetch the document of " + show(did) + ": " + url + " returned status " + page.status(),
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
                    url + ": expected the document of " + show(did) + " (got that of " + show(document.id()) + ")",
                    null);
        }
        return document;
    }

    private static String show(Did did) {
        return Excerpt.line(did.toString(), MAX_SHOWN);
    }
}
