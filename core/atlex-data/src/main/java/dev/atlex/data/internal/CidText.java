package dev.atlex.data.internal;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The text form of CIDs. The parts of a base32 CID are read in place, without decoding the whole text.
 *
 * @see <a href="https://github.com/multiformats/cid">CID specification</a>
 */
public final class CidText {
    private static final int MIN_LENGTH = 8;
    private static final int MAX_LENGTH = 128;
    private static final int BLESSED_LENGTH = 59;

    /** The failure messages of the three varints after the version, in order. */
    private static final String[] PARTS = {"invalid codec", "invalid hash function", "invalid hash length"};

    private CidText() {}

    /** Returns whether the text is a version 1 CID in base32 of DAG-CBOR or raw content, hashed with SHA-256. */
    public static boolean isBlessed(String text) {
        if (text.length() != BLESSED_LENGTH || !text.startsWith("baf") || !text.startsWith("rei", 4)) {
            return false;
        }
        char codec = text.charAt(3);
        if (codec != 'y' && codec != 'k') {
            return false;
        }
        if (Base32.valueOf(text.charAt(7)) >> 3 != 0) {
            return false; // the upper two bits belong to the hash length
        }
        for (int i = 7; i < BLESSED_LENGTH; i++) {
            if (Base32.valueOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return (Base32.valueOf(text.charAt(BLESSED_LENGTH - 1)) & 3) == 0;
    }

    /** Returns why the text isn't a valid CID, or null if it is. Allocates nothing. */
    public static @Nullable String whyInvalid(String text) {
        if (text.length() < MIN_LENGTH) {
            return "shorter than 8 characters";
        }
        if (text.length() > MAX_LENGTH) {
            return "longer than 128 characters";
        }
        char base = text.charAt(0);
        if (base == 'b') {
            return whyInvalidBase32(text);
        }
        if (text.startsWith("Qm")) {
            return "version 0 is not supported";
        }
        if ("079fFvVtTBcChkKRzZmMuU".indexOf(base) < 0) {
            return "unknown multibase prefix";
        }
        for (int i = 1; i < text.length(); i++) {
            if (!isDigit(base, text.charAt(i))) {
                return "invalid character for its multibase";
            }
        }
        return null;
    }

    private static boolean isDigit(char base, char c) {
        boolean decimal = c >= '0' && c <= '9';
        boolean alphanumeric = decimal || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
        return switch (base) {
            case '0' -> c == '0' || c == '1';
            case '7' -> c >= '0' && c <= '7';
            case '9' -> decimal;
            case 'f' -> decimal || c >= 'a' && c <= 'f';
            case 'F' -> decimal || c >= 'A' && c <= 'F';
            case 'B' -> c >= 'A' && c <= 'Z' || c >= '2' && c <= '7';
            case 'z' -> Base58.isDigit(c);
            case 'm' -> alphanumeric || c == '+' || c == '/';
            case 'M' -> alphanumeric || c == '+' || c == '/' || c == '=';
            case 'u' -> alphanumeric || c == '-' || c == '_';
            case 'U' -> alphanumeric || c == '-' || c == '_' || c == '=';
            default -> alphanumeric || c == '=';
        };
    }

    private static @Nullable String whyInvalidBase32(String text) {
        if (!Base32.isValid(text, 1)) {
            return "not lowercase base32 without padding";
        }
        int size = Base32.decodedLength(text.length() - 1);
        if (Base32.byteAt(text, 1, 0) != 1) {
            return "not a CID of version 1";
        }
        int at = 1;
        int last = at;
        for (String part : PARTS) {
            int length = varintLength(text, at, size);
            if (length < 0) {
                return part;
            }
            last = at;
            at += length;
        }
        return varint(text, last) == size - at ? null : "hash size differs from its length field";
    }

    /**
     * Returns the size of the varint at {@code at} in bytes, or -1 if it is truncated, longer than 9 bytes or not in
     * its shortest form.
     */
    private static int varintLength(String text, int at, int size) {
        for (int i = at; i < size && i < at + 9; i++) {
            int b = Base32.byteAt(text, 1, i);
            if (b < 0x80) {
                return b == 0 && i > at ? -1 : i - at + 1;
            }
        }
        return -1;
    }

    private static long varint(String text, int at) {
        long value = 0;
        for (int i = 0; ; i++) {
            int b = Base32.byteAt(text, 1, at + i);
            value |= (long) (b & 0x7f) << (7 * i);
            if (b < 0x80) {
                return value;
            }
        }
    }

    /** Returns the multicodec in a valid CID in base32. */
    public static long codec(String base32) {
        return varint(base32, 1);
    }

    /** Returns the offset of the hash in the decoded bytes of a valid CID in base32. */
    public static int digestStart(String base32) {
        int size = Base32.decodedLength(base32.length() - 1);
        int at = 1;
        for (int i = 0; i < 3; i++) {
            at += varintLength(base32, at, size);
        }
        return at;
    }

    /** Decodes a CID in one of the common multibases. Returns null if it has a different multibase or is malformed. */
    public static byte @Nullable [] decode(String text) {
        if (text.length() > MAX_LENGTH || text.isEmpty()) {
            return null;
        }
        try {
            return switch (text.charAt(0)) {
                case 'b' -> Base32.decode(text, 1);
                case 'B' -> whyInvalid(text) == null ? Base32.decode(text.toLowerCase(Locale.ROOT), 1) : null;
                case 'z' -> Base58.decode(text, 1);
                case 'f', 'F' -> HexFormat.of().parseHex(text, 1, text.length());
                case 'm' -> Base64.getDecoder().decode(text.substring(1));
                case 'u' -> Base64.getUrlDecoder().decode(text.substring(1));
                default -> null;
            };
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
