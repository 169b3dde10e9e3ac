package dev.atlex.client.internal;

import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.data.internal.Durations;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Clock, sleep and randomness, injectable for tests.
 *
 * @param clock the time of day, for dates in responses and files
 * @param nanoTime a replacement for {@link System#nanoTime()}, for time limits and waits, which must not change when
 *     the clock is set
 * @param sleeper the function that suspends the thread
 * @param random the source of random numbers from 0 to 1
 */
public record TimeSource(Clock clock, LongSupplier nanoTime, Sleeper sleeper, DoubleSupplier random) {
    /** The real clock, sleep and randomness. */
    public static final TimeSource SYSTEM = new TimeSource(
            Clock.systemUTC(),
            System::nanoTime,
            TimeSource::sleep,
            () -> ThreadLocalRandom.current().nextDouble());

    /** Creates a source with the real {@link System#nanoTime()}. */
    public TimeSource(Clock clock, Sleeper sleeper, DoubleSupplier random) {
        this(clock, System::nanoTime, sleeper, random);
    }

    /** Returns the deadline for an operation that begins now. */
    public Deadline deadline(@Nullable Duration limit) {
        return Deadline.in(limit, nanoTime);
    }

    /** Suspends the calling thread. */
    @FunctionalInterface
    public interface Sleeper {
        /** @throws TransportInterruptedException if the thread is interrupted; its interrupt flag stays set */
        void sleep(Duration duration);
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(Durations.millis(duration));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportInterruptedException("interrupted while waiting to try again", e, false);
        }
    }
}
