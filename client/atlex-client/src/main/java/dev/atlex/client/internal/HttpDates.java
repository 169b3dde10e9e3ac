package dev.atlex.client.internal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Parses dates in HTTP headers, in the format that senders must use (RFC 9110, section 5.6.7). */
public final class HttpDates {
    /** The last header that was parsed, cached because all responses within a second have the same date. */
    private static volatile @Nullable Parsed last;

    private record Parsed(String header, Instant time) {}

    private HttpDates() {}

    /** Returns the time in a header, or null if there is no header or it is malformed. */
    public static @Nullable Instant parse(@Nullable String header) {
        if (header == null) {
            return null;
        }
        Parsed before = last;
        if (before != null && before.header().equals(header)) {
            return before.time();
        }
        try {
            Instant time = ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            last = new Parsed(header, time);
            return time;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
