package dev.atlex.session.internal.ratelimit;

import dev.atlex.client.internal.ExponentialBackoff;
import dev.atlex.data.internal.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Counts the use of one limit. All fields except {@link #turn} are guarded by the lock of {@link RateBuckets}.
 *
 * <p>Responses may arrive out of order, and the server may count requests from other processes. So requests in flight
 * are counted separately from the use that the server has reported.
 */
public final class RateBucket {
    /** The time by which two responses about one window may differ, because they report whole seconds. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private static final ExponentialBackoff BACKOFF =
            new ExponentialBackoff(Duration.ofSeconds(5), Duration.ofSeconds(320));

    /** The queue of waiting callers. Only the first one checks the clock. */
    public final ReentrantLock turn = new ReentrantLock(true);

    /** Describes the limit, for exceptions. */
    public final String name;

    /** The number of threads that use this bucket. */
    int users;

    private final Duration window;
    private final long limit;
    private long counted;
    private long inFlight;
    private @Nullable Instant windowEnd;
    private boolean reported;
    private Instant closedUntil = Instant.MIN;
    private int rejections;

    RateBucket(String name, long limit, Duration window) {
        this.name = name;
        this.limit = limit;
        this.window = Durations.bounded(window);
    }

    /**
     * Returns whether a limit that a server reports is this one.
     *
     * @param reportedWindow the window, or null if the server doesn't report it
     */
    boolean matches(long reportedLimit, @Nullable Duration reportedWindow) {
        return limit == reportedLimit && (reportedWindow == null || window.equals(reportedWindow));
    }

    /**
     * Returns the time at which there is room for this many points. A demand for more than the limit needs the whole
     * window.
     */
    public Instant next(long points, Instant now) {
        roll(now);
        if (now.isBefore(closedUntil)) {
            return closedUntil;
        }
        Instant end = windowEnd;
        return end == null || counted + inFlight + cost(points) <= limit ? now : end;
    }

    private void roll(Instant now) {
        Instant end = windowEnd;
        if (end != null && !now.isBefore(end)) {
            counted = 0;
            reported = false;
            // The server may count requests in flight in the window that starts now.
            windowEnd = inFlight == 0 ? null : now.plus(window);
        }
    }

    private long cost(long points) {
        return Math.min(points, limit);
    }

    /** Takes points. Returns their number, which the caller passes to one of the methods below. */
    public long take(long points, Instant now) {
        long cost = cost(points);
        if (windowEnd == null) {
            windowEnd = now.plus(window);
        }
        inFlight += cost;
        return cost;
    }

    /** Records that the request wasn't sent. */
    void giveBack(long cost) {
        inFlight -= cost;
    }

    /** Records that the request was sent, and the server reported nothing about this limit. */
    void used(long cost, Instant now) {
        inFlight -= cost;
        roll(now);
        counted += cost;
        if (windowEnd == null) {
            windowEnd = now.plus(window);
        }
    }

    /** Records that the request was sent, and the server reported the state of its window. */
    void report(long cost, long remaining, Instant reset, Instant now) {
        if (!reset.isAfter(now)) {
            used(cost, now);
            return;
        }
        roll(now);
        inFlight -= cost;
        long used = Math.max(0, limit - remaining);
        Instant known = windowEnd;
        if (!reported || known == null || reset.isAfter(known.plus(TOLERANCE))) {
            counted = used;
            windowEnd = reset;
            reported = true;
        } else if (!reset.isBefore(known.minus(TOLERANCE))) {
            counted = Math.max(counted, used);
        }
        rejections = 0;
    }

    /** Records that the server rejected the request because of this limit. */
    void reject(long cost, @Nullable Instant until, Instant now) {
        inFlight -= cost;
        Instant open = until == null ? now.plus(BACKOFF.after(rejections)) : until;
        rejections++;
        closedUntil = open.isAfter(closedUntil) ? open : closedUntil;
        counted = 0;
        reported = false;
        windowEnd = inFlight == 0 ? null : closedUntil.plus(window);
    }

    /** Records that the server accepted a request under this limit. */
    void accept() {
        rejections = 0;
    }

    /** Returns whether the bucket can be dropped, because it is empty and unused. */
    boolean isIdle(Instant now) {
        roll(now);
        return users == 0 && inFlight == 0 && windowEnd == null && !now.isBefore(closedUntil);
    }
}
