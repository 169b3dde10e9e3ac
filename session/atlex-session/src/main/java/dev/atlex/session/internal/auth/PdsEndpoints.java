package dev.atlex.session.internal.auth;

import dev.atlex.client.internal.Hosts;
import dev.atlex.data.LexMap;
import dev.atlex.identity.DidDocument;
import dev.atlex.identity.InvalidDidDocumentException;
import dev.atlex.syntax.Did;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Decides which server in a DID document a session sends its tokens to. The document comes from a server, so it isn't
 * trusted.
 *
 * <p>Hosts are checked by name. A public name that resolves to a private address gets no tokens either: a public
 * service can lead only to https, and no server on a private network has a certificate for that name.
 */
public final class PdsEndpoints {
    private PdsEndpoints() {}

    /** Returns whether the document is a DID document of this account. */
    public static boolean isOf(@Nullable LexMap document, Did account) {
        return parse(document, account) != null;
    }

    /**
     * Returns the origin of the account's server, or null if the document contains no server that may get the tokens.
     *
     * @param account the account that the document must belong to
     * @param service the server that sent the document. An https service can lead only to https. A public one can lead
     *     only to public host names or to itself
     */
    public static @Nullable URI pds(@Nullable LexMap document, Did account, URI service) {
        DidDocument parsed = parse(document, account);
        URI pds = parsed == null ? null : parsed.pds();
        return pds != null && mayLeadTo(service, pds) ? pds : null;
    }

    /** Returns the document, or null if it is absent, invalid or belongs to a different account. */
    private static @Nullable DidDocument parse(@Nullable LexMap document, Did account) {
        if (document == null) {
            return null;
        }
        try {
            DidDocument parsed = DidDocument.of(document);
            return parsed.id().equals(account) ? parsed : null;
        } catch (InvalidDidDocumentException e) {
            return null;
        }
    }

    private static boolean mayLeadTo(URI service, URI pds) {
        boolean https = "https".equals(pds.getScheme());
        if (!https && "https".equalsIgnoreCase(service.getScheme())) {
            return false;
        }
        return Hosts.isPrivate(service.getHost())
                || pds.getHost().equalsIgnoreCase(service.getHost())
                || https && Hosts.isPublicName(pds.getHost());
    }
}
