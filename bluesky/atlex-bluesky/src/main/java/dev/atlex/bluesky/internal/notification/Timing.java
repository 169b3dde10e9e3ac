package dev.atlex.bluesky.internal.notification;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Clock, sleep and randomness, injectable for tests.
 *
 * @param clock the wall clock, to compare with times from servers
 * @param nanoTime a replacement for {@link System#nanoTime()}
 * @param random a function that returns numbers from 0 to 1
 * @param sleeper the function that suspends the thread
 */
public record Timing(Clock clock, LongSupplier nanoTime, DoubleSupplier random, Sleeper sleeper) {
    /** The real clock, sleep and randomness. */
    public static final Timing SYSTEM = new Timing(
            Clock.systemUTC(),
            System::nanoTime,
            () -> ThreadLocalRandom.current().nextDouble(),
            (pause, run) -> run.await(pause));

    /** Suspends the calling thread. */
    @FunctionalInterface
    public interface Sleeper {
        /**
         * Returns after the pause, or earlier if the run is closed.
         *
         * @throws InterruptedException if the thread is interrupted
         */
        void sleep(Duration pause, Run run) throws InterruptedException;
    }
}
