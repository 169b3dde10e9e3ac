package dev.atlex.testkit.internal.oauth;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.HmacTokens;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Issues and verifies access tokens that are bound to a DPoP key. Guarded by the server's lock. */
final class AccessTokens {
    private static final String TYPE = "at+jwt";

    /** The claims of a verified token. */
    record Claims(String id, String did, Set<String> scopes, String thumbprint) {}

    private final Clock clock;
    private final HmacTokens signer = new HmacTokens();
    private int epoch;

    AccessTokens(Clock clock) {
        this.clock = clock;
    }

    /** Invalidates all tokens issued so far. */
    void clear() {
        signer.clear();
    }

    /** Makes all tokens issued so far count as expired. */
    void expire() {
        epoch++;
    }

    String issue(Grant grant, String scope, String issuer, String audience, Instant expiresAt) {
        return signer.sign(
                TYPE,
                LexMap.builder()
                        .put("jti", grant.tokenId)
                        .put("sub", grant.did)
                        .put("iss", issuer)
                        .put("aud", audience)
                        .put("client_id", grant.parameters.clientId())
                        .put("scope", scope)
                        .put(
                                "cnf",
                                LexMap.builder()
                                        .put("jkt", String.valueOf(grant.parameters.thumbprint()))
                                        .build())
                        .put("epoch", epoch)
                        .put("iat", clock.instant().getEpochSecond())
                        .put("exp", expiresAt.getEpochSecond())
                        .build());
    }

    /** Returns the ID of a token, expired or not, or null if this server didn't issue it. */
    @Nullable
    String id(String token) {
        LexMap claims = signer.verify(token, TYPE);
        return claims == null ? null : claims.getString("jti");
    }

    Claims verify(String token) {
        if (HmacTokens.parse(token) == null) {
            throw OAuthError.invalidToken("Malformed token");
        }
        LexMap claims = signer.verify(token, TYPE);
        if (claims == null) {
            throw OAuthError.invalidToken("signature verification failed");
        }
        Long expires = claims.getInteger("exp");
        Long issuedIn = claims.getInteger("epoch");
        if (expires == null
                || issuedIn == null
                || issuedIn < epoch
                || expires <= clock.instant().getEpochSecond()) {
            throw OAuthError.invalidToken("\"exp\" claim timestamp check failed");
        }
        LexMap confirmation = claims.getMap("cnf");
        String thumbprint = confirmation == null ? null : confirmation.getString("jkt");
        return new Claims(
                String.valueOf(claims.getString("jti")),
                String.valueOf(claims.getString("sub")),
                ScopeSyntax.split(claims.getString("scope")),
                String.valueOf(thumbprint));
    }
}
