package dev.atlex.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Names that were read before. The same few hundred come over and over: fields of records, and types. One string for each
 * saves memory, and has its hash already.
 *
 * <p>Threads share the table without a lock: an entry is immutable, and who misses one makes the string again.
 */
final class KnownNames {
    /** Longer ones are made anew. */
    private static final int MAX_LENGTH = 64;

    private static final int SIZE = 1024;
    private static final @Nullable Known[] KNOWN = new @Nullable Known[SIZE];

    private KnownNames() {}

    private record Known(long head, long tail, byte[] bytes, String text) {}

    /** The string of these bytes, or null where they are too many, or no ASCII. */
    static @Nullable String find(byte[] in, int start, int end) {
        int length = end - start;
        if (length > MAX_LENGTH) {
            return null;
        }
        long head = ByteWords.head(in, start, length);
        long tail = ByteWords.tail(in, start, length);
        int slot = ByteWords.hash(head, tail, length) & SIZE - 1;
        Known known = KNOWN[slot];
        if (known != null
                && known.head == head
                && known.tail == tail
                && known.bytes.length == length
                && ByteWords.isRestSame(known.bytes, in, start, end)) {
            return known.text;
        }
        if (!ByteWords.isAscii(in, start, end)) {
            return null;
        }
        String text = new String(in, start, length, ISO_8859_1);
        KNOWN[slot] = new Known(head, tail, Arrays.copyOfRange(in, start, end), text);
        return text;
    }
}
