package dev.atlex.repo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests trees with the protocol's interoperability vectors. */
class MstInteropTest {
    static List<LexMap> heights() {
        return Interop.cases("mst/key_heights.json");
    }

    static List<LexMap> prefixes() {
        return Interop.cases("mst/common_prefix.json");
    }

    static List<LexMap> proofs() {
        return Interop.cases("firehose/commit-proof-fixtures.json");
    }

    @ParameterizedTest
    @MethodSource("heights")
    void key_hasTheLayerOfItsHash(LexMap vector) {
        String key = Objects.requireNonNull(vector.getString("key"));

        assertThat(MstKeys.layer(key)).isEqualTo(number(vector, "height"));
    }

    @ParameterizedTest
    @MethodSource("prefixes")
    void keys_shareTheirPrefix(LexMap vector) {
        String left = Objects.requireNonNull(vector.getString("left"));
        String right = Objects.requireNonNull(vector.getString("right"));

        // The vectors count bytes of UTF-8. Valid keys are ASCII, so only the ASCII vectors apply.
        if (left.getBytes(UTF_8).length == left.length() && right.getBytes(UTF_8).length == right.length()) {
            assertThat(MstNode.sharedPrefix(left, right)).isEqualTo(number(vector, "len"));
        }
    }

    @Test
    void exampleKeys_haveTheLayersInTheirNames() {
        List<String> keys =
                new String(Interop.bytes("mst/example_keys.txt"), UTF_8).lines().toList();

        assertThat(keys)
                .hasSizeGreaterThan(100)
                .allSatisfy(key -> assertThat(MstKeys.layer(key)).isEqualTo(key.charAt(1) - '0'));
    }

    @ParameterizedTest
    @MethodSource("proofs")
    void commit_changesRootAndHasCoveringProof(LexMap vector) {
        Cid value = Cid.of(Objects.requireNonNull(vector.getString("leafValue")));
        Map<String, Cid> entries = new HashMap<>();
        Interop.strings(vector, "keys").forEach(key -> entries.put(key, value));
        List<String> adds = Interop.strings(vector, "adds");
        List<String> dels = Interop.strings(vector, "dels");

        Mst before = Mst.of(entries);
        Mst after = before;
        for (String key : adds) {
            after = after.put(key, value);
        }
        for (String key : dels) {
            after = after.remove(key);
        }

        assertThat(before.root().toString()).isEqualTo(vector.getString("rootBeforeCommit"));
        assertThat(after.root().toString()).isEqualTo(vector.getString("rootAfterCommit"));

        Map<Cid, byte[]> proof = new LinkedHashMap<>();
        for (String key : adds) {
            proof.putAll(after.coveringProof(key));
        }
        for (String key : dels) {
            proof.putAll(after.coveringProof(key));
        }
        List<Cid> expected =
                Interop.strings(vector, "blocksInProof").stream().map(Cid::of).toList();
        assertThat(proof).containsOnlyKeys(expected);

        // A consumer that has only the proof can undo the commit.
        Mst undone = Mst.load(after.root(), proof::get);
        for (String key : adds) {
            undone = undone.remove(key);
        }
        for (String key : dels) {
            undone = undone.put(key, value);
        }
        assertThat(undone.root()).isEqualTo(before.root());
    }

    private static int number(LexMap vector, String name) {
        return Math.toIntExact(Objects.requireNonNull(vector.getInteger(name)));
    }
}
