package dev.atlex.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.atlex.benchmarks.report.Results;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Measures several bodies in this JVM in short alternating turns, so that the machine's load affects all of them
 * equally. Counts the processor time of this thread. This is quick and gives stable ratios, but all bodies share the
 * profiles of one JVM.
 */
final class Alternating {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Keeps the results alive, so that the compiler can't remove the work. */
    private static volatile Object sink;

    private Alternating() {}

    /**
     * Measures the bodies, and adds the time and allocation of each to the results.
     *
     * @param warmupMillis the warmup time for each body
     * @param turns the number of measurements for each body
     * @param turnMillis the duration of one measurement
     */
    static void run(Map<String, Supplier<?>> bodies, int warmupMillis, int turns, int turnMillis, Results results) {
        // Warm up in rounds, so that no body is compiled with only its own profile.
        for (int round = 0; round < 4; round++) {
            bodies.values().forEach(body -> turn(body, warmupMillis / 4));
        }
        for (int turn = 0; turn < turns; turn++) {
            bodies.forEach((name, body) -> {
                long bytes = THREADS.getCurrentThreadAllocatedBytes();
                Turn measured = turn(body, turnMillis);
                results.add(name, "µs", measured.nanos() / 1e3 / measured.count());
                results.add(
                        name + " bytes",
                        "B",
                        (THREADS.getCurrentThreadAllocatedBytes() - bytes) / (double) measured.count());
            });
        }
    }

    private record Turn(long nanos, long count) {}

    private static Turn turn(Supplier<?> body, int millis) {
        long start = THREADS.getCurrentThreadCpuTime();
        long end = start + millis * 1_000_000L;
        long count = 0;
        long now = start;
        while (now < end) {
            sink = body.get();
            count++;
            if (count % 8 == 0) { // reading the clock is a system call
                now = THREADS.getCurrentThreadCpuTime();
            }
        }
        return new Turn(now - start, count);
    }
}
