package dev.atlex.conformance;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A token for {@link ReferenceNetwork#sign} to issue. It is valid unless changes made here invalidate it.
 *
 * @param did the account's DID; the account needn't exist
 * @param type the {@code typ} in the JWT's header
 * @param scope the {@code scope} claim
 * @param lifetime the lifetime from signing on, in whole seconds; negative for an expired token
 * @param id the {@code jti} claim, or null for none
 * @param audience the {@code aud} claim, or null for the PDS itself
 * @param secret the key to sign with, or null for the PDS's own
 */
record TokenRequest(
        String did,
        String type,
        String scope,
        Duration lifetime,
        @Nullable String id,
        @Nullable String audience,
        @Nullable String secret) {

    /** Returns an access token with all permissions, valid for two hours. */
    static TokenRequest access(String did) {
        return new TokenRequest(did, "at+jwt", "com.atproto.access", Duration.ofHours(2), null, null, null);
    }

    /**
     * Returns a refresh token, valid for 90 days.
     *
     * @param id the {@code jti}; the PDS accepts the token if it knows this ID, see {@link ReferenceNetwork#refreshTokens}
     */
    static TokenRequest refresh(String did, String id) {
        return new TokenRequest(did, "refresh+jwt", "com.atproto.refresh", Duration.ofDays(90), id, null, null);
    }

    TokenRequest withScope(String changed) {
        return new TokenRequest(did, type, changed, lifetime, id, audience, secret);
    }

    TokenRequest withLifetime(Duration changed) {
        return new TokenRequest(did, type, scope, changed, id, audience, secret);
    }

    TokenRequest withAudience(String changed) {
        return new TokenRequest(did, type, scope, lifetime, id, changed, secret);
    }

    TokenRequest withSecret(String changed) {
        return new TokenRequest(did, type, scope, lifetime, id, audience, changed);
    }
}
