package dev.atlex.testkit.internal;

import dev.atlex.syntax.Datetime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Formats datetimes as the server does: in UTC, with milliseconds. */
public final class Times {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Times() {}

    public static String text(Instant instant) {
        return FORMAT.format(instant);
    }

    /** Returns the time in milliseconds, or null if the text isn't a valid datetime. */
    public static @Nullable Instant parse(@Nullable String text) {
        return text == null || !Datetime.isValid(text)
                ? null
                : Datetime.of(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
    }
}
