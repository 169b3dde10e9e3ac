package dev.atlex.testkit.internal.oauth;

import dev.atlex.testkit.internal.oauth.AuthorizationRequest.Parameters;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session, with the permissions that an account has granted to a client, and the latest tokens. Guarded by the
 * server's lock.
 */
final class Grant {
    final String did;
    final Parameters parameters;
    final Instant createdAt;

    /** The code that the session was created with. Its second use ends the session. */
    final String code;

    ClientAuth auth;
    Instant updatedAt;

    /** The ID in the latest access token. */
    String tokenId;

    /** The latest refresh token, or null if the client doesn't use the grant type. */
    @Nullable
    String refreshToken;

    /** Whether a refresh has been accepted, but the session has no new tokens yet. */
    boolean rotating;

    Grant(
            String did,
            ClientAuth auth,
            Parameters parameters,
            String code,
            Instant createdAt,
            String tokenId,
            @Nullable String refreshToken) {
        this.did = did;
        this.auth = auth;
        this.parameters = parameters;
        this.code = code;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
        this.tokenId = tokenId;
        this.refreshToken = refreshToken;
    }
}
