package dev.atlex.client.internal;

import dev.atlex.client.transport.TransportInterruptedException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Time and chance, so that tests need neither wait nor hope.
 *
 * @param clock what time it is: for dates that servers or files name
 * @param nanoTime as {@link System#nanoTime()}: for time limits and pauses, which a clock that is set must not change
 * @param sleeper what waits
 * @param random numbers from 0 to 1
 */
public record TimeSource(Clock clock, LongSupplier nanoTime, Sleeper sleeper, DoubleSupplier random) {
    /** The real ones. */
    public static final TimeSource SYSTEM = new TimeSource(
            Clock.systemUTC(),
            System::nanoTime,
            TimeSource::sleep,
            () -> ThreadLocalRandom.current().nextDouble());

    /** With the real {@link System#nanoTime()}. */
    public TimeSource(Clock clock, Sleeper sleeper, DoubleSupplier random) {
        this(clock, System::nanoTime, sleeper, random);
    }

    /** The time limit of something that begins now. */
    public Deadline deadline(@Nullable Duration limit) {
        return Deadline.in(limit, nanoTime);
    }

    /** Waits. */
    @FunctionalInterface
    public interface Sleeper {
        /** @throws TransportInterruptedException if the thread is interrupted; its flag stays set */
        void sleep(Duration duration);
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportInterruptedException("interrupted while waiting to try again", e, false);
        }
    }
}
