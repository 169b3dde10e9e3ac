package dev.atlex.bluesky.richtext;

import dev.atlex.schema.internal.Utf8;
import java.util.Arrays;

/**
 * Converts between indexes of a String and the UTF-8 byte offsets of facets, each in logarithmic time. The String must
 * not contain lone surrogates.
 */
final class Utf8Index {
    private static final int BITS = 6;

    private final String text;
    private final int length;
    /** The byte offset of each 64th char; empty for ASCII, where both kinds of index are equal. */
    private final int[] checkpoints;

    Utf8Index(String text) {
        this.text = text;
        this.length = Utf8.length(text);
        this.checkpoints = length == text.length() ? new int[0] : checkpoints(text);
    }

    private static int[] checkpoints(String text) {
        int[] checkpoints = new int[(text.length() >> BITS) + 1];
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            if ((i & (1 << BITS) - 1) == 0) {
                checkpoints[i >> BITS] = bytes;
            }
            bytes += bytes(text.charAt(i));
        }
        if ((text.length() & (1 << BITS) - 1) == 0) {
            checkpoints[text.length() >> BITS] = bytes;
        }
        return checkpoints;
    }

    /** Returns the number of bytes that begin at a char. The second half of a surrogate pair counts as 0 bytes. */
    private static int bytes(char c) {
        if (c < 0x80) {
            return 1;
        }
        if (c < 0x800) {
            return 2;
        }
        return Character.isHighSurrogate(c) ? 4 : Character.isLowSurrogate(c) ? 0 : 3;
    }

    /** Returns the number of bytes between two indexes, neither of which is inside a surrogate pair. */
    static int length(String text, int start, int end) {
        int length = 0;
        for (int i = start; i < end; i++) {
            length += bytes(text.charAt(i));
        }
        return length;
    }

    /** Returns the length of the text in bytes. */
    int length() {
        return length;
    }

    /** Returns the byte offset of a char that isn't the second half of a surrogate pair. */
    int toByte(int index) {
        if (checkpoints.length == 0) {
            return index;
        }
        int at = index >> BITS << BITS;
        int bytes = checkpoints[index >> BITS];
        while (at < index) {
            bytes += bytes(text.charAt(at++));
        }
        return bytes;
    }

    /**
     * Returns the index of the char that begins at a byte offset, or -1 if no char begins there. The end of the text is
     * a valid offset.
     */
    int toChar(long offset) {
        if (offset < 0 || offset > length) {
            return -1;
        }
        int target = (int) offset;
        if (checkpoints.length == 0) {
            return target;
        }
        int found = Arrays.binarySearch(checkpoints, target);
        int block = found >= 0 ? found : -found - 2;
        int at = block << BITS;
        int bytes = checkpoints[block];
        while (at < text.length() && (bytes < target || Character.isLowSurrogate(text.charAt(at)))) {
            bytes += bytes(text.charAt(at++));
        }
        return bytes == target ? at : -1;
    }
}
