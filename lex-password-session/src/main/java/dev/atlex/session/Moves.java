package dev.atlex.session;

import dev.atlex.client.XrpcResponseException;
import dev.atlex.identity.DidDocument;
import dev.atlex.identity.IdentityException;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.session.internal.PrivateHosts;
import java.lang.System.Logger.Level;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Finds out why a server knows a session no more: it may be that the account lives elsewhere. */
final class Moves {
    private static final System.Logger LOG = System.getLogger(PasswordSession.class.getName());

    private final @Nullable IdentityResolver resolver;

    Moves(SessionOptions options) {
        this.resolver = options.identity();
    }

    /** What the end of a session means that its server refuses. */
    SessionException explain(SessionData last, XrpcResponseException refusal) {
        URI home = home(last);
        URI before = last.pds() == null ? last.service() : last.pds();
        // At an entryway the session belongs to the entryway, whatever server of its the account is on.
        return home != null && !home.equals(before) && !home.equals(last.service())
                ? new AccountMovedException(last.did(), home, refusal)
                : new SessionEndedException(last.did(), reason(refusal), refusal);
    }

    /** The server that the account's DID document names now, or null where that is not to be found out. */
    private @Nullable URI home(SessionData last) {
        // Servers at home are in no public directory, and tests should not ask one.
        if (resolver == null && PrivateHosts.isPrivate(last.service())) {
            return null;
        }
        try {
            IdentityResolver asked = resolver == null ? IdentityResolver.create() : resolver;
            asked.invalidate(last.did());
            DidDocument document = asked.document(last.did());
            return document.pds();
        } catch (IdentityException | IllegalArgumentException e) {
            LOG.log(
                    Level.DEBUG,
                    "where the account is now is not known: {0}",
                    e.getClass().getName());
            return null;
        }
    }

    /** The reference server says "revoked" of a token that is superseded or deleted, and "expired" of one too old. */
    private static SessionEndedException.Reason reason(XrpcResponseException refusal) {
        if (!refusal.is("ExpiredToken")) {
            return SessionEndedException.Reason.REFUSED;
        }
        String message = refusal.serverMessage();
        return message != null && message.contains("revoked")
                ? SessionEndedException.Reason.REVOKED
                : SessionEndedException.Reason.EXPIRED;
    }
}
