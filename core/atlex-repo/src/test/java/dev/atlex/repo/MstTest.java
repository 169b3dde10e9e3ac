package dev.atlex.repo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.Cid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MstTest {
    private static final Cid ONE = Cid.ofRaw(new byte[] {1});
    private static final Cid TWO = Cid.ofRaw(new byte[] {2});

    private static String key(int number) {
        return "com.example.record/3jqfcqzm" + Integer.toString(number + 40_000, 32);
    }

    private static TreeMap<String, Cid> random(int size, long seed) {
        Random random = new Random(seed);
        TreeMap<String, Cid> entries = new TreeMap<>();
        while (entries.size() < size) {
            entries.put(key(random.nextInt(100_000)), random.nextBoolean() ? ONE : TWO);
        }
        return entries;
    }

    private static Map<Cid, byte[]> nodes(Mst tree) {
        Map<Cid, byte[]> nodes = new LinkedHashMap<>();
        tree.forEachNode(nodes::put);
        return nodes;
    }

    private static Map<String, Cid> entries(Iterable<Map.Entry<String, Cid>> entries) {
        Map<String, Cid> map = new LinkedHashMap<>();
        entries.forEach(entry -> map.put(entry.getKey(), entry.getValue()));
        return map;
    }

    @Nested
    class Building {
        /** The expected roots were computed by the reference implementation. */
        @Test
        void root_isThatOfTheReferenceImplementation() {
            assertThat(Mst.empty().root()).hasToString("bafyreie5737gdxlw5i64vzichcalba3z2v5n6icifvx5xytvske7mr3hpm");
            assertThat(Mst.empty()
                            .put("com.example.record/3jqfcqzm3fo2j", maybeReal())
                            .root())
                    .hasToString("bafyreibj4lsc3aqnrvphp5xmrnfoorvru4wynt6lwidqbm2623a6tatzdu");
            assertThat(Mst.empty()
                            .put("com.example.record/3jqfcqzm3fx2j", maybeReal())
                            .root())
                    .hasToString("bafyreih7wfei65pxzhauoibu3ls7jgmkju4bspy4t2ha2qdjnzqvoy33ai");
        }

        private static Cid maybeReal() {
            return Cid.of("bafyreie5cvv4h45feadgeuwhbcutmh6t2ceseocckahdoe6uat64zmz454");
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 10, 300, 3000})
        void root_dependsOnlyOnContent(int size) {
            TreeMap<String, Cid> expected = random(size, size);
            List<String> order = new ArrayList<>(expected.keySet());
            Collections.shuffle(order, new Random(7));
            Mst tree = Mst.empty();
            for (String key : order) {
                tree = tree.put(key, TWO).put(key, expected.get(key));
            }

            assertThat(tree).isEqualTo(Mst.of(expected)).hasSameHashCodeAs(Mst.of(expected));
            assertThat(nodes(tree)).containsOnlyKeys(nodes(Mst.of(expected)).keySet());
            assertThat(tree.size()).isEqualTo(size);
            assertThat(entries(tree.entries())).containsExactlyEntriesOf(expected);
        }

        @Test
        void removal_undoesInsertion() {
            TreeMap<String, Cid> base = random(200, 1);
            List<String> others = new ArrayList<>(random(400, 2).keySet());
            others.removeAll(base.keySet());
            Mst tree = Mst.of(base);
            List<Mst> history = new ArrayList<>();
            for (String key : others) {
                history.add(tree);
                tree = tree.put(key, ONE);
            }
            for (int i = others.size() - 1; i >= 0; i--) {
                tree = tree.remove(others.get(i));
                assertThat(tree.root()).isEqualTo(history.get(i).root());
            }
        }

        @Test
        void removalOfEverything_leavesTheEmptyTree() {
            TreeMap<String, Cid> entries = random(500, 3);
            List<String> order = new ArrayList<>(entries.keySet());
            Collections.shuffle(order, new Random(8));
            Mst tree = Mst.of(entries);
            for (String key : order) {
                tree = tree.remove(key);
                entries.remove(key);
                assertThat(tree.root()).isEqualTo(Mst.of(entries).root());
            }
            assertThat(tree.isEmpty()).isTrue();
            assertThat(tree).isEqualTo(Mst.empty());
        }

        @Test
        void removalOfAbsentKey_returnsTheSameTree() {
            Mst tree = Mst.of(random(100, 4));

            assertThat(tree.remove("com.example.record/absent")).isSameAs(tree);
            assertThat(Mst.empty().remove("a/b").isEmpty()).isTrue();
        }

        @Test
        void earlierTree_isUnchanged() {
            Mst before = Mst.of(random(50, 5));
            Cid root = before.root();
            before.put(key(1), ONE);
            before.remove(before.entries().iterator().next().getKey());

            assertThat(before.root()).isEqualTo(root);
            assertThat(before.size()).isEqualTo(50);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a", "/", "a/", "/b", "a/b/c", "a/b c", "a/b\u00e9", "a/b#", "\u0000/a"})
        void invalidKey_isRefused(String key) {
            assertThat(Mst.isValidKey(key)).isFalse();
            assertThatThrownBy(() -> Mst.empty().put(key, ONE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("expected a key of the form collection/rkey");
            assertThatThrownBy(() -> Mst.of(Map.of(key, ONE))).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void keyLength_isLimited() {
            assertThat(Mst.isValidKey("a/" + "b".repeat(1022))).isTrue();
            assertThat(Mst.isValidKey("a/" + "b".repeat(1023))).isFalse();
            assertThat(Mst.isValidKey("a/b-_~.:Z9")).isTrue();
        }
    }

    @Nested
    class Reading {
        private final TreeMap<String, Cid> expected = random(500, 9);
        private final Mst original = Mst.of(expected);
        private final Map<Cid, byte[]> nodes = nodes(original);

        @Test
        void loadedTree_hasTheSameContent() {
            Mst tree = Mst.load(original.root(), nodes::get);

            assertThat(entries(tree.entries())).containsExactlyEntriesOf(expected);
            expected.forEach((key, value) -> assertThat(tree.get(key)).isEqualTo(value));
            assertThat(tree.get("com.example.record/absent")).isNull();
            assertThat(Mst.load(Mst.empty().root(), nodes(Mst.empty())::get).isEmpty())
                    .isTrue();
        }

        @Test
        void loadedTree_canBeChanged() {
            Mst tree = Mst.load(original.root(), nodes::get);
            String first = expected.firstKey();

            assertThat(tree.put(first, TWO).put(key(99_999), ONE).remove(expected.lastKey()))
                    .isEqualTo(original.put(first, TWO).put(key(99_999), ONE).remove(expected.lastKey()));
        }

        @Test
        void entries_ofOneCollection() {
            Mst tree = original.put("com.example.other/a", ONE)
                    .put("com.example.recorded/a", ONE)
                    .put("com.example.zoo/a", ONE);

            assertThat(entries(tree.entries("com.example.record/"))).containsExactlyEntriesOf(expected);
            assertThat(entries(tree.entries("com.example.recorded/"))).containsOnlyKeys("com.example.recorded/a");
            assertThat(tree.entries("none/")).isEmpty();
            assertThat(tree.entries("zzz/")).isEmpty();
            assertThatThrownBy(() -> tree.entries("zzz/").iterator().next()).isInstanceOf(NoSuchElementException.class);
        }

        @Test
        void entries_needOnlyTheirNodes() {
            String key = expected.firstKey();
            Map<Cid, byte[]> part = original.proof(key);
            assertThat(part.size()).isLessThan(nodes.size());

            Mst tree = Mst.load(original.root(), part::get);

            assertThat(tree.get(key)).isEqualTo(expected.get(key));
            assertThatThrownBy(tree::size)
                    .isInstanceOf(MissingBlockException.class)
                    .hasMessageStartingWith("missing block: tree node bafyrei");
            assertThatThrownBy(() -> Mst.load(ONE, part::get))
                    .isInstanceOfSatisfying(
                            MissingBlockException.class,
                            e -> assertThat(e.cid()).isEqualTo(ONE));
        }

        @Test
        void proof_showsThatAKeyIsAbsent() {
            String absent = key(100_001);
            Mst tree = Mst.load(original.root(), original.proof(absent)::get);

            assertThat(tree.get(absent)).isNull();
        }
    }

    @Nested
    class Diff {
        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
        void diff_hasExactlyTheChangesAndNodes(long seed) {
            Random random = new Random(seed);
            TreeMap<String, Cid> from = random(random.nextInt(400), seed);
            TreeMap<String, Cid> to = new TreeMap<>(from);
            from.keySet().forEach(key -> {
                int choice = random.nextInt(20);
                if (choice == 0) {
                    to.remove(key);
                } else if (choice == 1) {
                    to.put(key, Cid.ofRaw(new byte[] {3}));
                }
            });
            to.putAll(random(random.nextInt(20), seed + 100));
            Mst before = Mst.of(from);
            Mst after = Mst.of(to);

            MstDiff diff = after.diff(before);

            Map<String, Cid> applied = new TreeMap<>(from);
            for (MstDiff.Change change : diff.changes()) {
                assertThat(change.before()).isEqualTo(from.get(change.key()));
                assertThat(change.after()).isEqualTo(to.get(change.key())).isNotEqualTo(change.before());
                if (change.after() == null) {
                    applied.remove(change.key());
                } else {
                    applied.put(change.key(), change.after());
                }
            }
            assertThat(applied).isEqualTo(to);
            assertThat(diff.changes()).extracting(MstDiff.Change::key).isSorted();
            assertThat(diff.addedNodes().keySet()).isEqualTo(minus(nodes(after), nodes(before)));
            assertThat(diff.removedNodes()).isEqualTo(minus(nodes(before), nodes(after)));
        }

        private static Set<Cid> minus(Map<Cid, byte[]> all, Map<Cid, byte[]> others) {
            Set<Cid> rest = new HashSet<>(all.keySet());
            rest.removeAll(others.keySet());
            return rest;
        }

        @Test
        void diffOfOneChange_visitsFewNodes() {
            TreeMap<String, Cid> entries = random(5000, 11);
            Map<Cid, byte[]> nodes = new HashMap<>(nodes(Mst.of(entries)));
            String key = new ArrayList<>(entries.keySet()).get(2500);
            Mst changed = Mst.of(entries).put(key, Cid.ofRaw(new byte[] {3}));
            nodes.putAll(nodes(changed));
            List<Cid> visited = new ArrayList<>();
            BlockSource source = cid -> {
                visited.add(cid);
                return nodes.get(cid);
            };

            MstDiff diff = Mst.load(changed.root(), source)
                    .diff(Mst.load(Mst.of(entries).root(), source));

            assertThat(diff.changes())
                    .singleElement()
                    .hasToString(key + ": " + entries.get(key) + " -> " + changed.get(key));
            assertThat(visited).hasSizeLessThan(20);
        }

        @Test
        void equalTrees_haveNoDifference() {
            Mst tree = Mst.of(random(100, 12));

            MstDiff diff = tree.diff(Mst.of(random(100, 12)));

            assertThat(diff.changes()).isEmpty();
            assertThat(diff.addedNodes()).isEmpty();
            assertThat(diff.removedNodes()).isEmpty();
        }
    }
}
