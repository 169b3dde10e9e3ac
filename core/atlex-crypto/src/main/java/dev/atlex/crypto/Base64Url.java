package dev.atlex.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.internal.Sha256;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Base64url without padding, the form of binary values in JOSE and OAuth.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515#section-2">RFC 7515, section 2</a>
 */
public final class Base64Url {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final SecureRandom RANDOM = new SecureRandom();

    private Base64Url() {}

    /** Returns the bytes as base64url. */
    public static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    /**
     * Decodes base64url. Each sequence of bytes has exactly one form: padding, line breaks and unused bits that aren't
     * zero are rejected.
     *
     * @throws CryptoException if the text isn't base64url; the message doesn't quote it
     */
    public static byte[] decode(String text) {
        byte[] bytes;
        try {
            bytes = DECODER.decode(text);
        } catch (IllegalArgumentException e) {
            throw new CryptoException(
                    "base64url: invalid character or length (the value is " + text.length() + " characters long)");
        }
        // The decoder accepts padding and ignores unused bits.
        if (!encode(bytes).equals(text)) {
            throw new CryptoException("base64url: padding, or unused bits that aren't zero (the value is "
                    + text.length() + " characters long)");
        }
        return bytes;
    }

    /**
     * Returns the SHA-256 hash of the text's UTF-8 form as base64url, 43 characters: the {@code S256} challenge of a
     * PKCE verifier, or the {@code ath} of an access token.
     */
    public static String sha256(String text) {
        return encode(Sha256.hash(text.getBytes(UTF_8)));
    }

    /**
     * Returns random bytes from a {@link SecureRandom} as base64url: 16 bytes for an identifier that is never reused,
     * 32 for a secret.
     *
     * @param bytes the number of bytes, positive
     */
    public static String random(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("bytes must be positive (got " + bytes + ")");
        }
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return encode(random);
    }
}
