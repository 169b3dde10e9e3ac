package dev.atlex.oauth.internal.server;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The tokens in a response. Only the presence of the access token has been checked: the caller saves the tokens before
 * it examines the rest.
 *
 * @param accessToken the access token, opaque
 * @param refreshToken the refresh token, opaque; null if the response has none
 * @param tokenType the type, which must be {@code DPoP}, in any case; null if the response has none
 * @param scope the granted scope, which may be less than the requested one; null if the response has none
 * @param expiresIn the access token's lifetime; null if the response has none
 * @param sub the account's DID, unchecked; null if the response has none
 * @param receivedAt the time at which the response arrived, by our clock
 */
public record TokenReply(
        String accessToken,
        @Nullable String refreshToken,
        @Nullable String tokenType,
        @Nullable String scope,
        @Nullable Duration expiresIn,
        @Nullable String sub,
        Instant receivedAt) {
    /** Returns a description without the tokens. */
    @Override
    public String toString() {
        return "TokenReply[sub=" + sub + ", scope=" + scope + ", tokenType=" + tokenType + ", expiresIn=" + expiresIn
                + "]";
    }
}
