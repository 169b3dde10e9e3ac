package dev.atlex.testkit.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.crypto.Base64Url;
import dev.atlex.crypto.CryptoException;
import dev.atlex.crypto.Jws;
import dev.atlex.data.LexMap;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Issues and verifies JSON Web Tokens that only this server reads, signed with HMAC-SHA256. */
public final class HmacTokens {
    private final SecureRandom random = new SecureRandom();
    private byte[] key = newKey();

    private byte[] newKey() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Invalidates all tokens issued so far. */
    public void clear() {
        key = newKey();
    }

    /** Issues a token of a type, such as {@code at+jwt}. */
    public String sign(String type, LexMap claims) {
        LexMap header = LexMap.builder().put("typ", type).put("alg", "HS256").build();
        String content = part(header) + "." + part(claims);
        return content + "." + Base64Url.encode(signature(content));
    }

    private static String part(LexMap json) {
        return Base64Url.encode(json.toJson().getBytes(UTF_8));
    }

    /** Returns the claims of a token that this server issued, or null. */
    public @Nullable LexMap verify(String token, String type) {
        Jws parsed = parse(token);
        if (parsed == null || !type.equals(parsed.header().getString("typ"))) {
            return null;
        }
        int dot = token.lastIndexOf('.');
        byte[] signature = Base64Url.encode(signature(token.substring(0, dot))).getBytes(US_ASCII);
        return MessageDigest.isEqual(signature, token.substring(dot + 1).getBytes(US_ASCII)) ? parsed.payload() : null;
    }

    /** Parses a token without verifying it. Returns null if it is malformed. */
    public static @Nullable Jws parse(String token) {
        try {
            return Jws.parse(token);
        } catch (CryptoException e) {
            return null;
        }
    }

    private byte[] signature(String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(content.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
