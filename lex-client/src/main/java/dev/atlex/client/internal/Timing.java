package dev.atlex.client.internal;

import dev.atlex.client.transport.TransportInterruptedException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Time and chance, so that tests need neither wait nor hope.
 *
 * @param clock what time it is
 * @param sleeper what waits
 * @param random numbers from 0 to 1
 */
public record Timing(Clock clock, Sleeper sleeper, DoubleSupplier random) {
    /** The real ones. */
    public static final Timing SYSTEM = new Timing(
            Clock.systemUTC(), Timing::sleep, () -> ThreadLocalRandom.current().nextDouble());

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
