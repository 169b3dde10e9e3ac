package dev.atlex.testkit.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.data.internal.Durations;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Issues and checks the two tokens of a session: JSON Web Tokens, signed with HMAC-SHA256. */
final class Tokens {
    static final String SERVICE_DID = "did:web:localhost";
    private static final String ACCESS_TYPE = "at+jwt";
    private static final String REFRESH_TYPE = "refresh+jwt";
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /** The claims of a verified token. */
    record Claims(String did, Scope scope, @Nullable String jti) {}

    private final SecureRandom random = new SecureRandom();
    private final Settings settings;
    private byte[] key;
    private int accessEpoch;

    Tokens(Settings settings) {
        this.settings = settings;
        this.key = newKey(random);
    }

    /** Invalidates all tokens issued so far. */
    void clear() {
        key = newKey(random);
    }

    /** Makes all access tokens issued so far count as expired, regardless of their {@code exp}. */
    void expireAccess() {
        accessEpoch++;
    }

    private static byte[] newKey(SecureRandom random) {
        byte[] key = new byte[32];
        random.nextBytes(key);
        return key;
    }

    String newJti() {
        return Base64.getEncoder().withoutPadding().encodeToString(newKey(random));
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
        LexMap header = LexMap.builder().put("typ", type).put("alg", "HS256").build();
        String content = encode(header) + "." + encode(claims.build());
        return content + "." + ENCODER.encodeToString(sign(content));
    }

    static String encode(LexValue value) {
        return ENCODER.encodeToString(value.toJson().getBytes(UTF_8));
    }

    private byte[] sign(String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(content.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
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
        String[] parts = token.split("\\.", -1);
        LexMap header = parts.length == 3 ? decode(parts[0]) : null;
        LexMap claims = parts.length == 3 ? decode(parts[1]) : null;
        if (header == null || claims == null || !type.equals(header.getString("typ")) || !signed(parts)) {
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
                return new Claims(did, allowed, claims.getString("jti"));
            }
        }
        throw XrpcError.invalidToken("Bad token scope");
    }

    private boolean signed(String[] parts) {
        try {
            return MessageDigest.isEqual(Base64.getUrlDecoder().decode(parts[2]), sign(parts[0] + "." + parts[1]));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Decodes a part of a token; null if it is not a JSON object. */
    static @Nullable LexMap decode(String part) {
        try {
            byte[] json = Base64.getUrlDecoder().decode(part);
            return LexValue.parseJson(json, ReadOptions.LENIENT) instanceof LexMap map ? map : null;
        } catch (IllegalArgumentException | LexException e) {
            return null;
        }
    }
}
