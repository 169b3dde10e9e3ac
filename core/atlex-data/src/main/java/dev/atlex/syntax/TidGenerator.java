package dev.atlex.syntax;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Generates {@link Tid}s in strictly ascending order. If the clock stops or is set back, the generator counts up by
 * microseconds until the clock catches up. Lock-free and safe for use by multiple threads.
 *
 * <p>Most programs use {@link Tid#next()}. Create a generator in tests, or to assign distinct clock IDs to processes.
 */
public final class TidGenerator {
    private final InstantSource clock;
    private final int clockId;
    private final AtomicLong last = new AtomicLong(-1);

    /** Creates a generator with the system's clock and a random clock ID. */
    public TidGenerator() {
        this(Clock.systemUTC(), ThreadLocalRandom.current().nextInt(Tid.MAX_CLOCK_ID + 1));
    }

    /**
     * Creates a generator.
     *
     * @param clock the source of time, such as a {@link Clock}
     * @param clockId the clock ID, from 0 to 1023. It must differ between generators that run at the same time.
     * @throws IllegalArgumentException if the clock ID is out of range
     */
    public TidGenerator(InstantSource clock, int clockId) {
        if (clockId < 0 || clockId > Tid.MAX_CLOCK_ID) {
            throw new IllegalArgumentException("clock id must be from 0 to 1023 (got " + clockId + ")");
        }
        this.clock = clock;
        this.clockId = clockId;
    }

    /**
     * Returns the next TID.
     *
     * @throws IllegalStateException if the clock returns a time before 1970 or after June 5, 2255
     */
    public Tid next() {
        Instant now = clock.instant();
        if (now.getEpochSecond() < 0 || now.getEpochSecond() > Tid.MAX_MICROS / 1_000_000) {
            throw new IllegalStateException("the clock returned a time out of the range of a TID: " + now);
        }
        long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
        return Tid.of(last.accumulateAndGet(micros, (before, current) -> Math.max(before + 1, current)), clockId);
    }
}
