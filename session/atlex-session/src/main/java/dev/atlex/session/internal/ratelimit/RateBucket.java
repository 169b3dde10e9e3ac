package dev.atlex.session.internal.ratelimit;

import dev.atlex.session.internal.ExponentialBackoff;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is used of one limit. All but {@link #turn} is guarded by the lock of {@link RateBuckets}.
 *
 * <p>Answers may overtake each other, and may come from a server that counts others too: what is under way is counted
 * apart from what the server has told of.
 */
public final class RateBucket {
    /** Two answers of one window, whose clocks show whole seconds, may differ by that. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private static final ExponentialBackoff PAUSES =
            new ExponentialBackoff(Duration.ofSeconds(5), Duration.ofSeconds(320));

    /** Whoever waits, waits in this line: only the first one looks at the clock. */
    public final ReentrantLock turn = new ReentrantLock(true);

    public final String name;

    /** How many threads look at it or wait. */
    int users;

    private final Duration window;
    private final long limit;
    private long counted;
    private long underWay;
    private @Nullable Instant end;
    private boolean told;
    private Instant closedUntil = Instant.MIN;
    private int refusals;

    RateBucket(String name, long limit, Duration window) {
        this.name = name;
        this.limit = limit;
        this.window = window;
    }

    /**
     * Whether a server that tells of this limit means this one.
     *
     * @param toldWindow null where the server does not say
     */
    boolean isAbout(long toldLimit, @Nullable Duration toldWindow) {
        return limit == toldLimit && (toldWindow == null || window.equals(toldWindow));
    }

    /** When there is room for so many points. What costs more than the whole limit goes alone. */
    public Instant next(long points, Instant now) {
        roll(now);
        if (now.isBefore(closedUntil)) {
            return closedUntil;
        }
        Instant full = end;
        return full == null || counted + underWay + cost(points) <= limit ? now : full;
    }

    private void roll(Instant now) {
        Instant over = end;
        if (over != null && !now.isBefore(over)) {
            counted = 0;
            told = false;
            // What is under way may be counted in the window that begins now.
            end = underWay == 0 ? null : now.plus(window);
        }
    }

    private long cost(long points) {
        return Math.min(points, limit);
    }

    /** Takes points, and says how many: those are to be given back by one of the other methods. */
    public long take(long points, Instant now) {
        long cost = cost(points);
        if (end == null) {
            end = now.plus(window);
        }
        underWay += cost;
        return cost;
    }

    /** The request was not sent. */
    void giveBack(long cost) {
        underWay -= cost;
    }

    /** The request was sent, and nobody told what it used. */
    void used(long cost, Instant now) {
        underWay -= cost;
        roll(now);
        counted += cost;
        if (end == null) {
            end = now.plus(window);
        }
    }

    /** The request was sent, and the server says how its window stands. */
    void told(long cost, long remaining, Instant reset, Instant now) {
        if (!reset.isAfter(now)) {
            used(cost, now);
            return;
        }
        roll(now);
        underWay -= cost;
        long used = Math.max(0, limit - remaining);
        Instant known = end;
        if (!told || known == null || reset.isAfter(known.plus(TOLERANCE))) {
            counted = used;
            end = reset;
            told = true;
        } else if (!reset.isBefore(known.minus(TOLERANCE))) {
            counted = Math.max(counted, used);
        }
        refusals = 0;
    }

    /** The server refused the request. */
    void refused(long cost, @Nullable Instant until, Instant now) {
        underWay -= cost;
        Instant open = until == null ? now.plus(PAUSES.after(refusals)) : until;
        refusals++;
        closedUntil = open.isAfter(closedUntil) ? open : closedUntil;
        counted = 0;
        told = false;
        end = underWay == 0 ? null : closedUntil.plus(window);
    }

    /** A request went well where it was refused before. */
    void open() {
        refusals = 0;
    }

    /** Whether nothing would be lost without it. */
    boolean isIdle(Instant now) {
        roll(now);
        return users == 0 && underWay == 0 && end == null && !now.isBefore(closedUntil);
    }
}
