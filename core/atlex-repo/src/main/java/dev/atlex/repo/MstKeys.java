package dev.atlex.repo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.atlex.data.internal.Sha256;

/** The rules for the keys of a tree. */
final class MstKeys {
    private static final int MAX_LENGTH = 1024;

    private MstKeys() {}

    /**
     * Returns whether a key is valid: a collection and a record key separated by a slash, each with at least one
     * character from {@code A-Z a-z 0-9 . - _ : ~}, and at most 1,024 characters in total. Like the reference
     * implementation, this doesn't check the syntax of the NSID.
     */
    static boolean isValid(String key) {
        int length = key.length();
        if (length > MAX_LENGTH) {
            return false;
        }
        int slash = -1;
        for (int i = 0; i < length; i++) {
            char c = key.charAt(i);
            if (c == '/' && slash < 0) {
                slash = i;
            } else if (!isAllowed(c)) {
                return false;
            }
        }
        return slash > 0 && slash < length - 1;
    }

    private static boolean isAllowed(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '.'
                || c == '-'
                || c == '_'
                || c == ':'
                || c == '~';
    }

    /** Returns the key if it is valid, and throws {@link IllegalArgumentException} otherwise. */
    static String check(String key) {
        if (!isValid(key)) {
            throw new IllegalArgumentException("expected a key of the form collection/rkey (got \"" + key + "\")");
        }
        return key;
    }

    /** Returns the layer of a key: half the number of leading zero bits in its hash, 0 to 128. */
    static int layer(String key) {
        byte[] hash = Sha256.hash(key.getBytes(ISO_8859_1));
        int zeros = 0;
        for (byte octet : hash) {
            if (octet != 0) {
                return (zeros + Integer.numberOfLeadingZeros(octet & 0xff) - 24) / 2;
            }
            zeros += 8;
        }
        return zeros / 2;
    }
}
