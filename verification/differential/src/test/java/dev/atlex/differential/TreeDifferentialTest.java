package dev.atlex.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.Cid;
import dev.atlex.repo.Mst;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Compares Merkle search trees with upstream's after random changes: the root, and the nodes of covering proofs. {@code
 * -Datlex.differential.seed=…} selects other changes.
 */
@Tag("reference")
class TreeDifferentialTest {
    private static final int TREES = 40;
    private static final int CHANGES = 150;

    private final Random random = new Random(Long.getLong("atlex.differential.seed", 20261101));

    private static String quoted(Object text) {
        return text == null ? "null" : "\"" + text + "\"";
    }

    private static String expected(Mst tree, Collection<Cid> proof) {
        List<String> cids = proof.stream().map(cid -> quoted(cid)).sorted().toList();
        return "[" + quoted(tree.root()) + ",[" + String.join(",", cids) + "]]";
    }

    private String newKey() {
        String collection = "com.example." + (char) ('a' + random.nextInt(3));
        return collection + "/" + Long.toString(Math.abs(random.nextLong()), random.nextBoolean() ? 36 : 3);
    }

    private Cid newValue() {
        return Cid.ofDagCbor(Integer.toString(random.nextInt(50)).getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void randomChanges_haveSameRootsAndProofs() throws Exception {
        Path root = Path.of(System.getProperty("basedir", ""))
                .toAbsolutePath()
                .resolve("../..")
                .normalize();
        List<String> results = new ArrayList<>();
        try (ReferenceProcess reference = ReferenceProcess.start(root, "trees.mjs")) {
            for (int i = 0; i < TREES; i++) {
                Mst tree = Mst.empty();
                reference.write("[null,null]\n");
                results.add(expected(tree, List.of()));
                TreeSet<String> keys = new TreeSet<>();
                for (int j = 0; j < CHANGES; j++) {
                    String near = keys.floor(newKey());
                    String key = near != null && random.nextInt(3) == 0 ? near : newKey();
                    boolean removes = keys.contains(key) && random.nextInt(3) > 0;
                    Cid value = removes ? null : newValue();
                    tree = value == null ? tree.remove(key) : tree.put(key, value);
                    if (removes) {
                        keys.remove(key);
                    } else {
                        keys.add(key);
                    }
                    reference.write("[" + quoted(key) + "," + quoted(value) + "]\n");
                    results.add(expected(tree, tree.coveringProof(key).keySet()));
                }
            }
            reference.flush();
            for (int i = 0; i < results.size(); i++) {
                assertThat(reference.next()).as("result %s", i).isEqualTo(results.get(i));
            }
        }
    }
}
