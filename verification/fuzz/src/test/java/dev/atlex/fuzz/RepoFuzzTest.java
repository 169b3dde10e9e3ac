package dev.atlex.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.atlex.data.Cid;
import dev.atlex.repo.Car;
import dev.atlex.repo.CarBlock;
import dev.atlex.repo.CarException;
import dev.atlex.repo.CarReader;
import dev.atlex.repo.Commit;
import dev.atlex.repo.Mst;
import dev.atlex.repo.RepoException;
import dev.atlex.repo.RepoRecord;
import dev.atlex.repo.Repository;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks that arbitrary bytes either are a repository, or part of one, or cause a typed exception. */
class RepoFuzzTest {
    @FuzzTest(maxDuration = "2m")
    void carFile(byte[] input) {
        List<CarBlock> streamed = new ArrayList<>();
        CarException failure = null;
        try (CarReader reader = CarReader.open(new ByteArrayInputStream(input))) {
            reader.forEachRemaining(streamed::add);
        } catch (CarException e) {
            assertThat(e.offset()).isBetween(0L, (long) input.length);
            failure = e;
        }
        List<CarBlock> parsed = new ArrayList<>();
        try {
            Car car = Car.parse(input);
            for (int i = 0; i < car.size(); i++) {
                parsed.add(car.block(i));
            }
            assertThat(parsed).isEqualTo(streamed);
            assertThat(failure).isNull();
            readRepository(car);
        } catch (CarException e) {
            // The stream reader reports the first problem. The in-memory reader checks the structure before the hashes.
            assertThat(failure).isNotNull();
        }
    }

    private static void readRepository(Car car) {
        try {
            for (RepoRecord record : Repository.of(car).records()) {
                assertThat(Mst.isValidKey(record.key())).isTrue();
            }
        } catch (RepoException e) {
            // Expected unless the file contains a whole repository.
        }
    }

    /** The source returns the same input for every CID, so a node is its own subtree. */
    @FuzzTest(maxDuration = "2m")
    void treeNode(byte[] input) {
        Cid root = Cid.ofDagCbor(input);
        try {
            Mst tree = Mst.load(root, cid -> input);
            Map<String, Cid> entries = new HashMap<>();
            tree.entries().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
            assertThat(Mst.of(entries).root()).isEqualTo(root);
        } catch (RepoException e) {
            // Expected for invalid input.
        }
    }

    @FuzzTest(maxDuration = "2m")
    void commit(byte[] input) {
        try {
            Commit commit = Commit.parse(input);
            assertThat(commit.cid()).isEqualTo(Cid.ofDagCbor(input));
            assertThat(commit.unsigned()).hasSizeLessThan(input.length);
        } catch (RepoException e) {
            // Expected for invalid input.
        }
    }
}
