package dev.atlex.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.atlex.benchmarks.payload.Payload;
import dev.atlex.benchmarks.peer.UntypedTree;
import dev.atlex.data.ReadOptions;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** How fast it is, is no test; how much is allocated is the same each time, so that a test can tell when it grows. */
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int TIMES = 200;

    /** Where the results go, so that no work is left out as useless. */
    private static volatile Object sink;

    private final Payload<?> page = Payload.of("timeline");
    private final long tree = allocated(() -> UntypedTree.parse(page.json()));

    @Test
    void aPageTakesTwoThirdsOfAnUntypedTreeAtMost() {
        assertThat(allocated(() -> page.fromJson(ReadOptions.STRICT))).isLessThan(tree * 2 / 3);
        assertThat(allocated(() -> page.fromCbor(ReadOptions.STRICT))).isLessThan(tree * 2 / 3);
    }

    @Test
    void writingAPageTakesSixTimesItsBytesAtMost() {
        assertThat(allocated(page::toJson)).isLessThan(page.json().length * 6L);
        assertThat(allocated(page::toCbor)).isLessThan(page.cbor().length * 6L);
    }

    /** The least of many: the first ones load classes and are interpreted. */
    private static long allocated(Supplier<?> body) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < TIMES; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            sink = body.get();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as("that it is counted").isPositive();
        return least;
    }
}
