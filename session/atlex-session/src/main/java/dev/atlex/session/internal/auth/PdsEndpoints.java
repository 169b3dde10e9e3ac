package dev.atlex.session.internal.auth;

import dev.atlex.data.LexMap;
import dev.atlex.identity.DidDocument;
import dev.atlex.identity.InvalidDidDocumentException;
import dev.atlex.identity.internal.HostNames;
import dev.atlex.syntax.Did;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Decides which DID documents a session follows with its tokens. A document comes from a server, so nothing about it is
 * certain.
 *
 * <p>Hosts are checked by their names. A public name that resolves to a private address gets no tokens either: a public
 * service leads to https only, and no server in a private network has a certificate for that name.
 */
public final class PdsEndpoints {
    private PdsEndpoints() {}

    /** Returns whether the document is one of this account, as far as it says so itself. */
    public static boolean isOf(@Nullable LexMap document, Did account) {
        return document != null && account.toString().equals(document.getString("id"));
    }

    /**
     * Returns the origin of the account's server, or null if the document names none that the tokens may go to.
     *
     * @param account whose document it must be
     * @param service the server that gave the document. An https service leads to https only; a public one also to public
     *     host names only, or to itself
     */
    public static @Nullable URI pds(@Nullable LexMap document, Did account, URI service) {
        if (document == null || !isOf(document, account)) {
            return null;
        }
        URI pds;
        try {
            pds = DidDocument.of(document).pds();
        } catch (InvalidDidDocumentException e) {
            return null;
        }
        return pds != null && mayLeadTo(service, pds) ? pds : null;
    }

    private static boolean mayLeadTo(URI service, URI pds) {
        boolean https = "https".equals(pds.getScheme());
        if (!https && "https".equalsIgnoreCase(service.getScheme())) {
            return false;
        }
        return HostNames.isPrivate(service.getHost())
                || pds.getHost().equalsIgnoreCase(service.getHost())
                || https && HostNames.isPublicName(pds.getHost());
    }
}
