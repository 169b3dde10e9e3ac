package dev.atlex.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/**
 * Asserts that work takes linear time in its input, not quadratic time.
 *
 * <p>On a busy machine, no time limit can distinguish the two. So the same amount of input is processed twice: as one
 * large piece, and as eight small ones. Linear work takes the same time for both. Quadratic work takes eight times as
 * long for the large piece. The check measures the thread's CPU time, alternates between the large piece and the small
 * ones, and uses the minimum of several rounds.
 *
 * <p>Other programs still disturb the measurement, because they share caches with this one, and delay the JIT compiler.
 * So work that seems to take too long is measured again, with more rounds each time and with new minimums. Disturbances
 * pass, but quadratic work exceeds the limit every time.
 */
final class LinearTime {
    private static final int PIECES = 8;

    /** A limit between 1 for linear work, with a margin for caches and the JIT compiler, and 8 for quadratic work. */
    private static final double MAX_RATIO = 4;

    /** The number of rounds in each measurement. A measurement is repeated only if it exceeds the limit. */
    private static final int[] ROUNDS = {12, 24, 48, 96};

    private static final int WARM_UP = 3;

    /** In nanoseconds. Shorter times pass without a comparison, because they are too short to measure. */
    private static final long NEGLIGIBLE = 400_000;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private LinearTime() {}

    /**
     * Fails if the work takes more than linear time.
     *
     * @param name the name of the work, for the message
     * @param small the size of the small pieces, in any unit
     * @param work creates input of the given size, which is not measured, and returns the work to measure
     */
    static void check(String name, int small, IntFunction<Runnable> work) {
        check(name, small, work, THREADS::getCurrentThreadCpuTime);
    }

    /** Like {@link #check(String, int, IntFunction)}, with a clock in nanoseconds. */
    static void check(String name, int small, IntFunction<Runnable> work, LongSupplier clock) {
        Runnable onSmall = work.apply(small);
        Runnable onLarge = work.apply(PIECES * small);
        double ratio = 0;
        for (int rounds : ROUNDS) {
            // Warm up first. Otherwise class loading and compilation would count as time for the small pieces.
            time(onSmall, WARM_UP, clock);
            ratio = ratio(onSmall, onLarge, rounds, clock);
            if (ratio <= MAX_RATIO) {
                return;
            }
            time(onLarge, WARM_UP, clock);
        }
        assertThat(ratio)
                .as("%s: time for size %d, relative to %d times size %d", name, PIECES * small, PIECES, small)
                .isLessThanOrEqualTo(MAX_RATIO);
    }

    /** Returns the time for the large piece relative to that for the small ones, or 0 if it is negligible. */
    private static double ratio(Runnable onSmall, Runnable onLarge, int rounds, LongSupplier clock) {
        long pieces = Long.MAX_VALUE;
        long whole = Long.MAX_VALUE;
        for (int round = 0; round < rounds; round++) {
            whole = Math.min(whole, time(onLarge, 1, clock));
            if (whole <= NEGLIGIBLE) {
                return 0;
            }
            pieces = Math.min(pieces, time(onSmall, PIECES, clock));
            if (whole <= MAX_RATIO * pieces) {
                break;
            }
        }
        return (double) whole / pieces;
    }

    private static long time(Runnable work, int times, LongSupplier clock) {
        long start = clock.getAsLong();
        for (int i = 0; i < times; i++) {
            work.run();
        }
        return clock.getAsLong() - start;
    }
}
