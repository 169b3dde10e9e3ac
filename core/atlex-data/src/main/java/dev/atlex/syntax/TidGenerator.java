package dev.atlex.syntax;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes {@link Tid}s, each greater than the one before, even where the clock stands still or goes back: it then counts
 * on by microseconds until the clock has caught up. Safe for many threads, without a lock.
 *
 * <p>{@link Tid#next()} suits most programs. A generator of one's own is for tests, and for processes that are given
 * distinct clock ids.
 */
public final class TidGenerator {
    private final InstantSource clock;
    private final int clockId;
    private final AtomicLong last = new AtomicLong(-1);

    /** A generator on the system's clock, with a random clock id. */
    public TidGenerator() {
        this(Clock.systemUTC(), ThreadLocalRandom.current().nextInt(Tid.MAX_CLOCK_ID + 1));
    }

    /**
     * @param clock where the time comes from; a {@link Clock} is one
     * @param clockId 0 to 1023, different for generators that run at the same time
     * @throws IllegalArgumentException if the clock id is out of its range
     */
    public TidGenerator(InstantSource clock, int clockId) {
        if (clockId < 0 || clockId > Tid.MAX_CLOCK_ID) {
            throw new IllegalArgumentException("clock id out of 0 to 1023: " + clockId);
        }
        this.clock = clock;
        this.clockId = clockId;
    }

    /**
     * The next TID.
     *
     * @throws IllegalStateException if the clock shows a time before 1970 or after 2255
     */
    public Tid next() {
        Instant now = clock.instant();
        if (now.getEpochSecond() < 0 || now.getEpochSecond() > Tid.MAX_MICROS / 1_000_000) {
            throw new IllegalStateException("the clock shows a time that no TID can hold: " + now);
        }
        long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
        return Tid.of(last.accumulateAndGet(micros, (before, current) -> Math.max(before + 1, current)), clockId);
    }
}
