package dev.atlex.data.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, which every Java platform must provide. */
public final class Sha256 {
    /** The size of a hash in bytes. */
    public static final int SIZE = 32;

    private Sha256() {}

    /** Returns a new digest, for content that arrives in parts. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the Java platform lacks SHA-256", e);
        }
    }

    /** Returns the hash of the content, {@value #SIZE} bytes. */
    public static byte[] hash(byte[] content) {
        return newDigest().digest(content);
    }

    /** Returns the hash of the text's UTF-8 form in lowercase hexadecimal. */
    public static String hex(String text) {
        return HexFormat.of().formatHex(hash(text.getBytes(UTF_8)));
    }
}
