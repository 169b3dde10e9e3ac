package dev.atlex.client.transport;

import dev.atlex.data.internal.Durations;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The running time limit of one operation: a whole call, including retries, waits, token refreshes and reading the
 * body. A call has one deadline, which its requests carry from the retry loop down to the transport.
 *
 * <p>Deadlines are measured by {@link System#nanoTime}, so setting the clock doesn't affect them. Dates, such as an
 * expiry or a {@code Retry-After}, aren't deadlines.
 */
public final class Deadline {
    /** A deadline that never passes. */
    public static final Deadline NONE = new Deadline(null, System::nanoTime);

    /** The tolerance for inexact timers: an operation that ends this close to the deadline counts as ended by it. */
    private static final Duration TOLERANCE = Duration.ofMillis(50);

    private final LongSupplier nanoTime;
    private final long start;
    private final @Nullable Duration limit;

    private Deadline(@Nullable Duration limit, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** Returns a deadline that is this far from now, or {@link #NONE} if the limit is null. */
    public static Deadline in(@Nullable Duration limit) {
        return in(limit, System::nanoTime);
    }

    /**
     * Like {@link #in(Duration)}, with a different source of time.
     *
     * @param nanoTime a replacement for {@link System#nanoTime}
     */
    public static Deadline in(@Nullable Duration limit, LongSupplier nanoTime) {
        Objects.requireNonNull(nanoTime, "nanoTime");
        if (limit == null) {
            return NONE;
        }
        return new Deadline(Durations.bounded(limit), nanoTime);
    }

    /** Returns a deadline that allows a quarter of the time left, but at most this maximum. */
    public Deadline part(Duration most) {
        Duration left = left();
        Duration quarter = left == null ? most : left.dividedBy(4);
        return in(quarter.compareTo(most) < 0 ? quarter : most, nanoTime);
    }

    /** Returns the time left, zero or more; null if there is no limit. */
    public @Nullable Duration left() {
        if (limit == null) {
            return null;
        }
        Duration left = limit.minusNanos(nanoTime.getAsLong() - start);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Returns the time left, but not more than the maximum. */
    public Duration leftWithin(Duration most) {
        Duration left = left();
        return left == null || left.compareTo(most) > 0 ? most : left;
    }

    /** Returns whether the deadline has been reached, within the precision of timers. */
    public boolean isOver() {
        Duration left = left();
        return left != null && left.compareTo(TOLERANCE) <= 0;
    }

    /** Returns the time left. */
    @Override
    public String toString() {
        Duration left = left();
        return "Deadline[" + (left == null ? "none" : left) + "]";
    }
}
