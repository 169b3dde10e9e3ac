package dev.atlex.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.atlex.benchmarks.report.Results;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Measures several bodies in this JVM, one after the other in short turns and then all over again, so that what else the
 * machine does falls on all of them alike. What counts is the time that this thread had a processor, without the time it
 * waited for one. It is quick and its ratios are steady, but all bodies share one JVM's profiles.
 */
final class Alternating {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Where the results go, so that no work is left out as useless. */
    private static volatile Object sink;

    private Alternating() {}

    /**
     * @param warmupMillis for each body
     * @param turns how often each body is measured
     * @param turnMillis for how long
     */
    static void run(Map<String, Supplier<?>> bodies, int warmupMillis, int turns, int turnMillis, Results results) {
        // In rounds too, so that none is compiled with the profile of it alone.
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
            if (count % 8 == 0) { // asking for the time is a system call
                now = THREADS.getCurrentThreadCpuTime();
            }
        }
        return new Turn(now - start, count);
    }
}
