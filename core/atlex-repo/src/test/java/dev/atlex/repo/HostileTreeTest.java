package dev.atlex.repo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.Bytes;
import dev.atlex.data.Cid;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests that invalid trees are rejected, and that the message names the node and the reason. */
class HostileTreeTest {
    private static final Cid VALUE = Cid.ofRaw(new byte[] {1});

    // In the keys of the test vectors, the first digit is the layer.
    private static final String A0 = "A0/374913";
    private static final String B0 = "B0/601692";
    private static final String B1 = "B1/986427";
    private static final String C0 = "C0/451630";

    private final Map<Cid, byte[]> blocks = new HashMap<>();

    private Cid add(LexValue node) {
        byte[] block = node.toCbor();
        Cid cid = Cid.ofDagCbor(block);
        blocks.put(cid, block);
        return cid;
    }

    private static LexMap node(@Nullable Cid left, LexMap... entries) {
        return LexMap.builder()
                .put("l", orNull(left))
                .put("e", LexArray.of(entries))
                .build();
    }

    private static LexMap entry(int prefix, String suffix, @Nullable Cid tree) {
        return LexMap.builder()
                .put("p", prefix)
                .put("k", Bytes.wrap(suffix.getBytes(UTF_8)))
                .put("v", VALUE)
                .put("t", orNull(tree))
                .build();
    }

    private static LexValue orNull(@Nullable Cid cid) {
        return cid == null ? LexValue.ofNull() : cid;
    }

    private void rejects(LexValue root, String reason) {
        Cid cid = add(root);
        assertThatThrownBy(() -> Mst.load(cid, blocks::get).size())
                .isInstanceOfSatisfying(
                        InvalidTreeException.class, e -> assertThat(e.node()).isEqualTo(cid))
                .hasMessage("invalid tree node " + cid + ": " + reason);
    }

    private void rejectsBelow(Cid child, LexValue root, String reason) {
        Cid cid = add(root);
        assertThatThrownBy(() -> Mst.load(cid, blocks::get).size())
                .isInstanceOf(InvalidTreeException.class)
                .hasMessage("invalid tree node " + child + ": " + reason);
    }

    @Test
    void validTree_isAccepted() {
        Cid left = add(node(null, entry(0, A0, null)));
        Cid right = add(node(null, entry(0, C0, null)));
        Cid root = add(node(left, entry(0, B1, right)));

        assertThat(Mst.load(root, blocks::get))
                .isEqualTo(Mst.of(Map.of(A0, VALUE, B1, VALUE, C0, VALUE)))
                .extracting(Mst::size)
                .isEqualTo(3);
    }

    @Test
    void unorderedAndDuplicateKeys() {
        rejects(
                node(null, entry(0, B0, null), entry(0, A0, null)),
                "keys out of order: \"" + A0 + "\" after \"" + B0 + "\"");
        rejects(
                node(null, entry(0, B0, null), entry(B0.length(), "", null)),
                "keys out of order: \"" + B0 + "\" after \"" + B0 + "\"");
    }

    @Test
    void keysOutsideTheirSubtree() {
        Cid left = add(node(null, entry(0, C0, null)));
        rejectsBelow(left, node(left, entry(0, B1, null)), "keys out of order: \"" + B1 + "\" after \"" + C0 + "\"");
        Cid right = add(node(null, entry(0, A0, null)));
        rejectsBelow(right, node(null, entry(0, B1, right)), "keys out of order: \"" + A0 + "\" after \"" + B1 + "\"");
    }

    @Test
    void sameSubtreeTwice() {
        Cid both = add(node(null, entry(0, A0, null)));
        rejectsBelow(both, node(both, entry(0, B1, both)), "keys out of order: \"" + A0 + "\" after \"" + B1 + "\"");
    }

    @Test
    void keysInTheWrongLayer() {
        rejects(node(null, entry(0, A0, null), entry(0, B1, null)), "key \"" + B1 + "\" belongs in layer 1, not 0");
        Cid child = add(node(null, entry(0, B1, null)));
        rejectsBelow(child, node(child, entry(0, "D1/637742", null)), "key \"" + B1 + "\" belongs in layer 1, not 0");
    }

    @Test
    void prefixes() {
        rejects(node(null, entry(1, A0, null)), "prefix of entry 0 longer than the key before");
        rejects(
                node(null, entry(0, A0, null), entry(Integer.MAX_VALUE, "x", null)),
                "prefix of entry 1 longer than the key before");
        rejects(node(null, entry(-1, A0, null)), "entry 0 is incomplete");
        String[] keys = pairWithCommonPrefix();
        rejects(
                node(null, entry(0, keys[0], null), entry(0, keys[1], null)),
                "prefix of entry 1 shorter than possible");
    }

    private static String[] pairWithCommonPrefix() {
        List<String> found = new ArrayList<>();
        for (int i = 0; found.size() < 2; i++) {
            String key = "a/b" + (i + 1000);
            if (MstKeys.layer(key) == 0) {
                found.add(key);
            }
        }
        return found.toArray(String[]::new);
    }

    @Test
    void invalidKeys() {
        rejects(node(null, entry(0, "no-slash", null)), "invalid key in entry 0");
        rejects(node(null, entry(0, "a/../../etc/passwd", null)), "invalid key in entry 0");
        rejects(node(null, entry(0, "a/caf\u00e9", null)), "invalid key in entry 0");
    }

    @Test
    void otherShapes() {
        rejects(LexMap.of("e", LexArray.of()), "missing field \"l\"");
        rejects(LexMap.of("l", LexValue.ofNull()), "missing field \"e\"");
        rejects(node(null).toBuilder().put("x", 1).build(), "unknown field \"x\"");
        rejects(node(null, entry(0, A0, null).toBuilder().put("x", 1).build()), "unknown field \"x\"");
        rejects(node(null, entry(0, A0, null).toBuilder().remove("t").build()), "entry 0 is incomplete");
        rejects(node(null, entry(0, A0, null).toBuilder().remove("v").build()), "entry 0 is incomplete");
        rejects(LexValue.of("text"), "not a node of a tree");
        rejects(LexMap.of("l", LexValue.of(1)), "not a node of a tree");
    }

    @Test
    void emptyNodes() {
        Cid empty = add(node(null));
        rejectsBelow(empty, node(empty, entry(0, B1, null)), "a node below the root must not be empty");
        rejects(node(empty), "a root without keys must not have a subtree");
        rejects(node(null, entry(0, A0, VALUE)), "a node in layer 0 must not have subtrees");
    }

    /** The source doesn't check hashes, and its nodes refer to themselves. */
    @Test
    void cycles_endAtTheLowestLayer() {
        Cid loop = Cid.ofRaw(new byte[] {2});
        Cid root = add(node(loop, entry(0, "app.bsky.feed.post/9adeb165882c", null))); // in layer 8
        blocks.put(loop, node(loop).toCbor());
        List<Cid> reads = new ArrayList<>();
        BlockSource source = cid -> {
            reads.add(cid);
            return blocks.get(cid);
        };

        assertThatThrownBy(() -> Mst.load(root, source).size())
                .hasMessage("invalid tree node " + loop + ": a node in layer 0 must not have subtrees");
        assertThat(reads).hasSize(9);
    }

    /** Keys share up to 1,023 characters, so nodes in memory are much larger than their blocks. */
    @Test
    void walks_keepNoNodesInMemory() {
        String prefix = "com.example.thing/" + "x".repeat(900);
        Map<String, Cid> entries = new HashMap<>();
        for (int i = 0; i < 1000; i++) {
            entries.put(prefix + i, VALUE);
        }
        Mst.of(entries).forEachNode(blocks::put);
        List<Cid> loaded = new ArrayList<>();
        Mst tree = Mst.load(Mst.of(entries).root(), cid -> {
            loaded.add(cid);
            return blocks.get(cid);
        });
        assertThat(tree.size()).isEqualTo(1000);
        int once = loaded.size();
        assertThat(once).isEqualTo(blocks.size()).isGreaterThan(100);
        assertThat(tree.size()).isEqualTo(1000);
        tree.forEachNode((cid, block) -> {});
        tree.diff(Mst.empty());
        assertThat(loaded).as("all nodes again, except the root").hasSize(once + 3 * (once - 1));
        tree.get(prefix + 1);
        int found = loaded.size();
        tree.get(prefix + 1);
        assertThat(loaded).as("a search keeps its path").hasSize(found);
    }

    @Test
    void missingSubtree_namesIt() {
        Cid absent = Cid.ofDagCbor(new byte[] {1});
        Cid root = add(node(absent, entry(0, B1, null)));

        Mst tree = Mst.load(root, blocks::get);

        assertThat(tree.get(B1)).isEqualTo(VALUE);
        assertThatThrownBy(() -> tree.get(A0))
                .isInstanceOfSatisfying(
                        MissingBlockException.class, e -> assertThat(e.cid()).isEqualTo(absent));
        assertThatThrownBy(() -> tree.put(A0, VALUE)).isInstanceOf(MissingBlockException.class);
        assertThatThrownBy(() -> tree.remove(A0)).isInstanceOf(MissingBlockException.class);
        assertThatThrownBy(() -> tree.coveringProof(B1)).isInstanceOf(MissingBlockException.class);
    }
}
