package dev.atlex.oauth.internal.session;

import dev.atlex.client.transport.Deadline;
import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.data.LexException;
import dev.atlex.oauth.OAuthSessionData;
import dev.atlex.oauth.internal.server.AuthServer;
import dev.atlex.oauth.internal.server.ClientAuth;
import dev.atlex.oauth.internal.server.RefreshReply;
import dev.atlex.oauth.internal.server.RevocationReply;
import dev.atlex.session.SessionStoreException;
import java.time.Duration;

/**
 * Revokes sessions at their servers, and verifies that they are gone.
 *
 * <p>A server reports success for a revocation even if it does nothing, for example because the token belongs to
 * a different key (RFC 7009, section 2.2). So the refresh token is used afterwards: only {@code invalid_grant} proves
 * that the session is gone. A call with the access token proves less. It may be refused because the token has expired,
 * and behind an entryway it may be accepted long after the session is gone.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7009">RFC 7009: Token Revocation</a>
 */
final class Revoker {
    /** The time limit for each of the two requests. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final OAuthContext context;

    Revoker(OAuthContext context) {
        this.context = context;
    }

    /** Revokes a session. Failures of the server or the network are returned, not thrown. */
    Revocation revoke(OAuthRecord record) {
        try {
            OAuthSessionData data = record.data();
            String token = data.refreshToken() == null ? data.accessToken() : data.refreshToken();
            P256PrivateKey key = SessionKeys.of(data);
            ClientAuth auth = context.auth(data);
            AuthServer server = context.server(record);
            RevocationReply reply = context.server().revoke(server, auth, key, token, deadline());
            if (reply instanceof RevocationReply.Unsupported) {
                return new Revocation.Impossible(new SessionStoreException(
                        server.issuer() + " has no revocation endpoint; the session for " + data.did()
                                + " stays valid there until it expires",
                        null));
            } else if (reply instanceof RevocationReply.Failed failed) {
                return new Revocation.Failed(record, failed.failure(), failed.retryAt());
            }
            return data.refreshToken() == null
                    ? new Revocation.Confirmed()
                    : probe(record, auth, context.server().refresh(server, auth, key, token, deadline()));
        } catch (SessionStoreException e) {
            // The key can't be used, today or later.
            return new Revocation.Impossible(e);
        } catch (LexException e) {
            return new Revocation.Failed(record, e, null);
        }
    }

    private static Revocation probe(OAuthRecord record, ClientAuth auth, RefreshReply reply) {
        if (reply instanceof RefreshReply.Refused refused) {
            return refused.endsSession()
                    ? new Revocation.Confirmed()
                    : new Revocation.Failed(record, refused.failure(), refused.retryAt());
        } else if (reply instanceof RefreshReply.Rotated rotated) {
            OAuthRecord alive = record.rotated(
                    IssuedTokens.rotated(record.data(), rotated.tokens(), auth),
                    rotated.tokens().receivedAt());
            return new Revocation.Failed(
                    alive,
                    new SessionStoreException(
                            "the server has confirmed the revocation of the session for "
                                    + record.data().did() + ", but the session is still valid",
                            null),
                    null);
        } else if (reply instanceof RefreshReply.NotSent unsent) {
            return new Revocation.Failed(record, unsent.failure(), null);
        }
        RefreshReply.Unknown unknown = (RefreshReply.Unknown) reply;
        return new Revocation.Failed(record, (LexException) unknown.failure(), unknown.retryAt());
    }

    private Deadline deadline() {
        return context.timing().deadline(TIMEOUT);
    }
}
