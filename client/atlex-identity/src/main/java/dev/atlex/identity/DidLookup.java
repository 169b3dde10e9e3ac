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

/** Fetches DID documents: from a directory for {@code did:plc}, and from the DID's host for {@code did:web}. */
final class DidLookup {
    private static final int MAX_SHOWN = 80;
    /**
     * The maximum size of a document. A typical one has less than 2 KB. Hostile documents are cached too, so they must
     * be small.
     */
    private static final int MAX_BODY = 64 << 10;

    private static final String ACCEPT = "application/did+ld+json, application/json";
    private static final Pattern PLC = Pattern.compile("[a-z2-7]{24}");
    private static final Pattern LOCALHOST = Pattern.compile("localhost(?:%3[Aa]([1-9][0-9]{0,4}))?");

    private final HttpFetcher directory;
    private final HttpFetcher web;
    private final SsrfGuard guard;
    private final String plcUrl;

    /**
     * @param directory the fetcher for the directory, which is trusted
     * @param web the fetcher for hosts from untrusted sources
     * @param plcUrl the URL of the directory, without a trailing slash
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
                        did,
                        failedTo(did) + "unsupported DID method (got \"" + Excerpt.line(did.method(), MAX_SHOWN)
                                + "\"); expected did:plc or did:web",
                        null);
        };
    }

    private URI plc(Did did) {
        if (!PLC.matcher(did.identifier()).matches()) {
            throw new UnsupportedDidException(
                    did, failedTo(did) + "expected 24 characters a-z and 2-7 after did:plc:", null);
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
                        failedTo(did) + "localhost is forbidden; tests can set allowPrivateAddresses(true)",
                        null);
            }
            String port = localhost.group(1) == null ? "" : ":" + localhost.group(1);
            return URI.create("http://localhost" + port + "/.well-known/did.json");
        }
        if (host.contains(":")) {
            throw new UnsupportedDidException(did, failedTo(did) + "a did:web with a path is not supported", null);
        }
        if (host.contains("%")) {
            throw new UnsupportedDidException(did, failedTo(did) + "a did:web with a port is not supported", null);
        }
        if (!Handle.isValid(host)) {
            throw new UnsupportedDidException(did, failedTo(did) + "expected a full domain name after did:web:", null);
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
            throw new InvalidDidDocumentException(
                    failedTo(did) + url + " returned more than " + MAX_BODY + " bytes", e);
        } catch (TransportException e) {
            throw new IdentityLookupException(failedTo(did) + e.getMessage(), e);
        }
        if (page.isNotFound()) {
            throw new DidNotFoundException(
                    did, failedTo(did) + "not found (" + url + " returned status " + page.status() + ")", null);
        }
        if (!page.isSuccess()) {
            // Redirects aren't followed: the DID alone determines where its document is.
            throw new IdentityLookupException(failedTo(did) + url + " returned status " + page.status(), null);
        }
        return checked(did, url, page.body());
    }

    private static DidDocument checked(Did did, URI url, byte[] body) {
        DidDocument document;
        try {
            document = DidDocument.parse(body);
        } catch (InvalidDidDocumentException e) {
            throw new InvalidDidDocumentException(failedTo(did) + e.getMessage() + " at " + url, e);
        }
        if (!document.id().equals(did)) {
            throw new InvalidDidDocumentException(
                    failedTo(did) + url + " returned the document of another DID (got \"" + show(document.id()) + "\")",
                    null);
        }
        return document;
    }

    private static String failedTo(Did did) {
        return "failed to resolve " + show(did) + ": ";
    }

    private static String show(Did did) {
        return Excerpt.line(did.toString(), MAX_SHOWN);
    }
}
