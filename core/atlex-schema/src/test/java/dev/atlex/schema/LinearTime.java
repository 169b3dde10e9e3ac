package dev.atlex.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.IntFunction;

/**
 * Asserts that work grows with its input and not with the square of it.
 *
 * <p>No time limit can tell the two apart on a busy machine. So the same amount of input is worked on twice: as one large
 * piece, and as eight small ones. Linear work takes as long either way, quadratic work eight times as long in one piece.
 * Time is that of the thread's CPU, the least of several turns.
 */
final class LinearTime {
    private static final int PIECES = 8;

    /** Between the 1 of linear work, with room for caches and the compiler, and the 8 of quadratic work. */
    private static final double MAX_RATIO = 4;

    private static final int TURNS = 12;
    private static final int WARM_UP = 3;

    /** What takes less, in nanoseconds, is not slow, and too short to be measured. */
    private static final long NEGLIGIBLE = 400_000;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private LinearTime() {}

    /**
     * @param small how large the small pieces are, in whatever unit
     * @param work makes the input of a size, which is not measured, and returns what is to be done with it
     */
    static void check(String name, int small, IntFunction<Runnable> work) {
        Runnable onSmall = work.apply(small);
        Runnable onLarge = work.apply(PIECES * small);
        // Once, so that what is compiled or loaded first does not count as time for the small pieces.
        time(onSmall, WARM_UP);
        long pieces = Long.MAX_VALUE;
        long whole = Long.MAX_VALUE;
        for (int turn = 0; turn < TURNS; turn++) {
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
