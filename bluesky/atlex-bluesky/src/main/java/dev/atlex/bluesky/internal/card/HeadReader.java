package dev.atlex.bluesky.internal.card;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page only as far as its head, because the rest may be large, slow or endless. The end of the head is known
 * only after a scan. A scan runs when the bytes look like the end of the head. Each scan covers at least 1.5 times as
 * many bytes as the last one, so that the total time stays linear.
 */
final class HeadReader {
    private static final int CHUNK = 16 << 10;
    private static final int OVERLAP = "</head".length() - 1;

    private final @Nullable String contentType;
    private final int max;
    private byte[] bytes;
    private int length;
    private HtmlHead.@Nullable Found found;

    HeadReader(@Nullable String contentType, int max) {
        this.contentType = contentType;
        this.max = max;
        this.bytes = new byte[Math.min(max, CHUNK)];
    }

    /** Reads up to the end of the head, the end of the page, or the limit, whichever comes first. */
    void readFrom(InputStream body) throws IOException {
        int nextScan = 0;
        while (length < max) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(max, bytes.length * 2L));
            }
            int count = body.read(bytes, length, bytes.length - length);
            if (count < 0) {
                return;
            }
            int start = Math.max(0, length - OVERLAP);
            length += count;
            found = null;
            if (length >= nextScan && mayEndHead(start)) {
                if (scan().ended()) {
                    return;
                }
                nextScan = length + length / 2;
            }
        }
    }

    private boolean mayEndHead(int start) {
        String read = new String(bytes, start, length - start, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        return read.contains("</head") || read.contains("<body");
    }

    /** Scans the bytes read so far. */
    HtmlHead.Found scan() {
        HtmlHead.Found result = found;
        if (result == null) {
            result = HtmlHead.scan(HtmlCharset.decode(bytes, length, contentType));
            found = result;
        }
        return result;
    }
}
