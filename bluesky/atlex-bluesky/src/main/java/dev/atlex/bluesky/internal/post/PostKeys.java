package dev.atlex.bluesky.internal.post;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.internal.Excerpt;
import dev.atlex.data.internal.Sha256;
import dev.atlex.syntax.Tid;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Derives record keys of posts from keys that callers choose.
 *
 * <p>The record key of a post must be a TID, which contains a time. The result depends only on the caller's key and
 * time, so that every attempt, in any process, uses the same record key. Most of its 64 bits come from a hash.
 */
public final class PostKeys {
    /**
     * The start of the two years from which keys without a time get their time. It is always in the past, because
     * servers may reject a TID from the future.
     */
    private static final Instant FIRST = Instant.parse("2023-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("2025-01-01T00:00:00Z");

    private static final long MICROS = 1_000_000;
    private static final int CLOCK_IDS = 1024;

    private PostKeys() {}

    /**
     * Returns the record key for a caller's key.
     *
     * @param time the time that the key sorts by, to the second, or null if unknown
     * @throws IllegalArgumentException if the key is blank, or the time is before 1970 or after March 16, 2242
     */
    public static Tid of(String key, @Nullable Instant time) {
        if (key.isBlank()) {
            throw new IllegalArgumentException(
                    "key: expected a key that isn't blank, because many posts would share a blank one (got "
                            + Excerpt.quote(key) + ")");
        }
        byte[] hash = Sha256.hash(key.getBytes(UTF_8));
        long fraction = ByteBuffer.wrap(hash).getLong() >>> 1;
        int clockId = ByteBuffer.wrap(hash).getShort(Long.BYTES) & CLOCK_IDS - 1;
        long second = time == null ? FIRST.getEpochSecond() : time.getEpochSecond();
        long seconds = time == null ? LAST.getEpochSecond() - FIRST.getEpochSecond() : 1;
        if (second < 0 || second >= 1L << 33) {
            throw new IllegalArgumentException("key: the time is out of the range of a record key (got " + time + ")");
        }
        return Tid.of(second * MICROS + fraction % (seconds * MICROS), clockId);
    }

    /**
     * Returns the record key for a part of a thread. Parts are numbered from 0, and the first part has the thread's own
     * key.
     */
    static Tid part(Tid thread, int index) {
        return Tid.of(thread.timestampMicros() + index, thread.clockId());
    }
}
