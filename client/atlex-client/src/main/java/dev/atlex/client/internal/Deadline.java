package dev.atlex.client.internal;

import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcTransportException;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.client.transport.TransportTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The time limit of one operation: a whole call, with its retries, waits, refreshes and the reading of its body. It is
 * measured by {@link System#nanoTime}, so that setting the clock changes nothing. Dates, such as an expiry or a
 * {@code Retry-After}, are no deadlines.
 */
public final class Deadline {
    /** For what may take as long as it needs. */
    public static final Deadline NONE = new Deadline(null, System::nanoTime);

    /** Timers are not exact: what ends this much before the deadline was ended by it. */
    private static final Duration TOLERANCE = Duration.ofMillis(50);

    private final LongSupplier nanoTime;
    private final long start;
    private final @Nullable Duration limit;

    /** Longer than any program runs, and short enough for arithmetic in nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Deadline(@Nullable Duration limit, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** So long from now; null for none. */
    public static Deadline in(@Nullable Duration limit) {
        return in(limit, System::nanoTime);
    }

    /** Like {@link #in(Duration)}, by another source of time: that of {@link TimeSource#nanoTime}. */
    public static Deadline in(@Nullable Duration limit, LongSupplier nanoTime) {
        if (limit == null) {
            return NONE;
        }
        return new Deadline(limit.compareTo(LONGEST) < 0 ? limit : LONGEST, nanoTime);
    }

    /** A quarter of what is left, but no more than that. */
    public Deadline part(Duration most) {
        Duration left = left();
        Duration quarter = left == null ? most : left.dividedBy(4);
        return in(quarter.compareTo(most) < 0 ? quarter : most, nanoTime);
    }

    /** What is left, zero at least, or null where there is no end. */
    public @Nullable Duration left() {
        if (limit == null) {
            return null;
        }
        Duration left = limit.minusNanos(nanoTime.getAsLong() - start);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** What is left, but no more than that. */
    public Duration leftWithin(Duration most) {
        Duration left = left();
        return left == null || left.compareTo(most) > 0 ? most : left;
    }

    /** Whether nothing is left. */
    public boolean isOver() {
        Duration left = left();
        return left != null && left.compareTo(TOLERANCE) <= 0;
    }

    /** Whether a caller was interrupted or in a hurry: nothing that says anything to those who wait behind it. */
    public boolean wasTheCallers(XrpcException failure) {
        return failure instanceof XrpcTransportException lost
                && (lost.failure() instanceof TransportInterruptedException
                        || lost.failure() instanceof TransportTimeoutException && isOver());
    }
}
