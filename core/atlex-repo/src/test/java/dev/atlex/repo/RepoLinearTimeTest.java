package dev.atlex.repo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.Cid;
import dev.atlex.data.LexValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests that reading a repository never takes more than linear time, because it may come from a hostile server. */
@Tag("performance")
class RepoLinearTimeTest {
    /**
     * The number of blocks in the CAR files, which makes 37 MB. Another implementation needs a minute for such a file.
     */
    private static final int BLOCKS = 900_000;

    private static final int FACTOR = 8;

    /** The tolerance. Quadratic time would take minutes. */
    private static final long NOISE = 250_000_000;

    private static final Cid ROOT = Cid.ofRaw(new byte[0]);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Compares the CPU time for an input with the time for an eighth of it, taking the better of two runs for each. */
    private static <T> void assertLinear(IntFunction<T> input, Consumer<T> operation) {
        long smallTime = best(input.apply(BLOCKS / FACTOR), operation);
        long largeTime = best(input.apply(BLOCKS), operation);

        assertThat(largeTime)
                .as("%d ms, then %d ms", smallTime / 1_000_000, largeTime / 1_000_000)
                .isLessThan(4 * FACTOR * smallTime + NOISE);
    }

    private static <T> long best(T input, Consumer<T> operation) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 2; i++) {
            long start = THREADS.getCurrentThreadCpuTime();
            operation.accept(input);
            best = Math.min(best, THREADS.getCurrentThreadCpuTime() - start);
        }
        return best;
    }

    private static byte[] carFile(int blocks, IntFunction<byte[]> block) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CarWriter writer = new CarWriter(out, List.of(ROOT));
        for (int i = 0; i < blocks; i++) {
            byte[] content = block.apply(i);
            writer.write(Cid.ofDagCbor(content), content);
        }
        return out.toByteArray();
    }

    private static void readAll(byte[] file) {
        Car car = Car.parse(file);
        for (Cid cid : car.cids()) {
            assertThat(car.get(cid)).isNotNull();
        }
        try (CarReader reader = CarReader.open(new ByteArrayInputStream(file))) {
            reader.forEachRemaining(block -> assertThat(block.cid()).isNotNull());
        }
    }

    @Test
    void manyTinyBlocks() {
        assertLinear(count -> carFile(count, i -> LexValue.of(i).toCbor()), RepoLinearTimeTest::readAll);
    }

    @Test
    void sameBlockManyTimes() {
        assertLinear(count -> carFile(count, i -> new byte[] {1}), RepoLinearTimeTest::readAll);
    }

    @Test
    void treeOfManyKeys() {
        assertLinear(
                count -> {
                    Map<String, Cid> keys = new HashMap<>();
                    for (int i = 0; i < count / 10; i++) {
                        keys.put("a/" + i, ROOT);
                    }
                    return Mst.of(keys);
                },
                tree -> {
                    Map<Cid, byte[]> nodes = new HashMap<>();
                    tree.forEachNode(nodes::put);
                    Mst loaded = Mst.load(tree.root(), nodes::get);
                    assertThat(loaded.size()).isPositive();
                    assertThat(loaded.diff(Mst.empty()).changes()).hasSize(loaded.size());
                });
    }

    /** One node with all keys in layer 0. A normal tree of that size would have several layers. */
    @Test
    void wideNode() {
        assertLinear(
                count -> {
                    Map<String, Cid> keys = new HashMap<>();
                    for (int i = 0; keys.size() < count / 30; i++) {
                        if (MstKeys.layer("a/" + i) == 0) {
                            keys.put("a/" + i, ROOT);
                        }
                    }
                    return Mst.of(keys);
                },
                tree -> {
                    Map<Cid, byte[]> nodes = new HashMap<>();
                    tree.forEachNode(nodes::put);
                    assertThat(Mst.load(tree.root(), nodes::get).size()).isPositive();
                });
    }
}
