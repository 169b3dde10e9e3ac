package dev.atlex.bluesky.internal.image;

/** Reads numbers from a file's bytes. Offsets beyond its end throw {@link MalformedImageException}. */
final class Bytes {
    private final byte[] bytes;

    Bytes(byte[] bytes) {
        this.bytes = bytes;
    }

    int length() {
        return bytes.length;
    }

    int u8(int at) {
        if (at < 0 || at >= bytes.length) {
            throw new MalformedImageException("the file ends before the image does, at byte " + bytes.length);
        }
        return bytes[at] & 0xff;
    }

    int u16be(int at) {
        return u8(at) << 8 | u8(at + 1);
    }

    int u16le(int at) {
        return u8(at) | u8(at + 1) << 8;
    }

    int u24le(int at) {
        return u16le(at) | u8(at + 2) << 16;
    }

    long u32be(int at) {
        return (long) u16be(at) << 16 | u16be(at + 2);
    }

    long u32le(int at) {
        return u16le(at) | (long) u16le(at + 2) << 16;
    }

    /**
     * Returns the offset after {@code length} bytes from {@code at}.
     *
     * @throws MalformedImageException if the file ends before it
     */
    int end(int at, long length) {
        if (length > bytes.length - at) {
            throw new MalformedImageException(
                    "the file ends before the image does, at byte " + bytes.length + " of " + (at + length));
        }
        return (int) (at + length);
    }

    /** Returns whether the file ends here. A trailing first half of a marker is ignored. */
    boolean isEnd(int at) {
        return at >= bytes.length || at == bytes.length - 1 && (bytes[at] & 0xff) == 0xff;
    }

    /** Returns whether the file has these bytes at an offset. */
    boolean startsWith(int at, int... expected) {
        if (at < 0 || expected.length > bytes.length - at) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((bytes[at + i] & 0xff) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether the file has these ASCII characters at an offset. */
    boolean startsWith(int at, String expected) {
        return startsWith(at, expected.chars().toArray());
    }

    /** Returns four characters, such as the type of a chunk. */
    String fourCc(int at) {
        StringBuilder text = new StringBuilder(4);
        for (int i = 0; i < 4; i++) {
            text.append((char) u8(at + i));
        }
        return text.toString();
    }
}
