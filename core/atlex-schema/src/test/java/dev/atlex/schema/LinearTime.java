package dev.atlex.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.IntFunction;

/**
 * Asserts that work takes linear time in its input, not quadratic time.
 *
 * <p>On a busy machine, no time limit can distinguish the two. So the same amount of input is processed twice: as one large
 * piece, and as eight small ones. Linear work takes the same time for both. Quadratic work takes eight times as long for the
 * large piece. Measures the thread's CPU time, and uses the minimum of several rounds.
 */
final class LinearTime {
    private static final int PIECES = 8;

    /** A limit between 1 for linear work, with a margin for caches and the JIT compiler, and 8 for quadratic work. */
    private static final double MAX_RATIO = 4;

    private static final int ROUNDS = 12;
    private static final int WARM_UP = 3;

    /** Shorter times, in nanoseconds, pass without a comparison: they are too short to measure. */
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
        Runnable onSmall = work.apply(small);
        Runnable onLarge = work.apply(PIECES * small);
        // Warm up first: otherwise class loading and compilation would count as time for the small pieces.
        time(onSmall, WARM_UP);
        long pieces = Long.MAX_VALUE;
        long whole = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            whole = Math.min(whole, time(onLarge, 1));
            if (whole <= NEGLIGIBLE) {
                return;
            }
            pieces = Math.min(pieces, time(onSmall, PIECES));
            if (whole <= MAX_RATIO * pieces) {
                return;
            }
        }
        assertThat((double) whole / pieces)
                .as("%s: time for %d at once, relative to %d times %d", name, PIECES * small, PIECES, small)
                .isLessThanOrEqualTo(MAX_RATIO);
    }

    private static long time(Runnable work, int times) {
        long start = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < times; i++) {
            work.run();
        }
        return THREADS.getCurrentThreadCpuTime() - start;
    }
}
