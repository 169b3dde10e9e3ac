package dev.atlex.testkit.internal;

import dev.atlex.data.LexMap;
import dev.atlex.data.internal.Durations;
import dev.atlex.testkit.internal.oauth.Permissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Issues and checks the two tokens of a session that was created with a password. */
final class Tokens {
    static final String SERVICE_DID = "did:web:localhost";
    private static final String ACCESS_TYPE = "at+jwt";
    private static final String REFRESH_TYPE = "refresh+jwt";

    /**
     * The claims of a verified token.
     *
     * @param permissions the permissions of an OAuth token; null for tokens of other sessions
     */
    record Claims(
            String did,
            Scope scope,
            @Nullable String jti,
            @Nullable Permissions permissions) {}

    private final SecureRandom random = new SecureRandom();
    private final Settings settings;
    private final HmacTokens signer = new HmacTokens();
    private int accessEpoch;

    Tokens(Settings settings) {
        this.settings = settings;
    }

    /** Invalidates all tokens issued so far. */
    void clear() {
        signer.clear();
    }

    /** Makes all access tokens issued so far count as expired, regardless of their {@code exp}. */
    void expireAccess() {
        accessEpoch++;
    }

    String newJti() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    String access(String did, Scope scope) {
        return issue(ACCESS_TYPE, did, scope, null, settings.accessLifetime);
    }

    String refresh(String did, String jti) {
        return issue(REFRESH_TYPE, did, Scope.REFRESH, jti, settings.refreshLifetime);
    }

    private String issue(String type, String did, Scope scope, @Nullable String jti, Duration lifetime) {
        long now = settings.clock.instant().getEpochSecond();
        LexMap.Builder claims = LexMap.builder()
                .put("scope", scope.text)
                .put("aud", SERVICE_DID)
                .put("sub", did);
        if (jti != null) {
            claims.put("jti", jti);
        }
        if (accessEpoch > 0) {
            claims.put("epoch", accessEpoch);
        }
        claims.put("iat", now).put("exp", now + Durations.bounded(lifetime).toSeconds());
        return signer.sign(type, claims.build());
    }

    /** Verifies an access token. */
    Claims access(String token, Set<Scope> scopes) {
        return verify(token, ACCESS_TYPE, scopes, false);
    }

    /** Verifies a refresh token, without checking whether it was used or revoked. */
    Claims refresh(String token, boolean expiredToo) {
        return verify(token, REFRESH_TYPE, Set.of(Scope.REFRESH), expiredToo);
    }

    private Claims verify(String token, String type, Set<Scope> scopes, boolean expiredToo) {
        LexMap claims = signer.verify(token, type);
        if (claims == null) {
            throw XrpcError.invalidToken("Token could not be verified");
        }
        Long expires = claims.getInteger("exp");
        Long epoch = claims.getInteger("epoch");
        boolean revoked = type.equals(ACCESS_TYPE) && (epoch == null ? 0 : epoch) < accessEpoch;
        if (revoked
                || expires != null
                        && !expiredToo
                        && expires <= settings.clock.instant().getEpochSecond()) {
            throw new XrpcError(settings.expiredTokenStatus, "ExpiredToken", "Token has expired");
        }
        String did = claims.getString("sub");
        String scope = claims.getString("scope");
        for (Scope allowed : scopes) {
            if (did != null && allowed.text.equals(scope)) {
                return new Claims(did, allowed, claims.getString("jti"), null);
            }
        }
        throw XrpcError.invalidToken("Bad token scope");
    }
}
