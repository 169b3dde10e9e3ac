package dev.atlex.repo;

import dev.atlex.data.Cid;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Inserts and removes keys by creating new nodes. The shape of a tree depends only on its keys, so inserting a key
 * splits the subtrees around it, and removing it merges them again. Only the nodes on the path to the key and along the
 * edges of those subtrees are replaced.
 */
final class MstEdits {
    private static final String[] NO_KEYS = new String[0];
    private static final Cid[] NO_VALUES = new Cid[0];

    private MstEdits() {}

    /** Returns the root of a tree with the keys from {@code from} to {@code to}, which are sorted and distinct. */
    static @Nullable MstNode build(List<String> keys, List<Cid> values, int[] layers, int from, int to, int layer) {
        if (from == to) {
            return null;
        }
        int count = 0;
        for (int i = from; i < to; i++) {
            count += layers[i] == layer ? 1 : 0;
        }
        String[] own = new String[count];
        Cid[] ownValues = new Cid[count];
        @Nullable Subtree[] children = new Subtree[count + 1];
        int start = from;
        int next = 0;
        for (int i = from; i < to; i++) {
            if (layers[i] == layer) {
                children[next] = build(keys, values, layers, start, i, layer - 1);
                own[next] = keys.get(i);
                ownValues[next++] = values.get(i);
                start = i + 1;
            }
        }
        children[next] = build(keys, values, layers, start, to, layer - 1);
        return new MstNode(layer, own, ownValues, children, null);
    }

    /** Returns the root of the tree with a key added or its value replaced. */
    static MstNode put(MstNode root, String key, Cid value) {
        int layer = MstKeys.layer(key);
        if (root.isEmpty()) {
            return leaf(layer, key, value);
        }
        if (layer <= root.layer()) {
            return put(root, layer, key, value);
        }
        Split split = split(root, key);
        return new MstNode(
                layer,
                new String[] {key},
                new Cid[] {value},
                new Subtree[] {lift(split.left, layer - 1), lift(split.right, layer - 1)},
                null);
    }

    private static MstNode put(MstNode node, int layer, String key, Cid value) {
        int index = node.ceiling(key);
        if (node.hasKeyAt(index, key)) {
            Cid[] values = node.values.clone();
            values[index] = value;
            return new MstNode(node.layer(), node.keys, values, node.children, null);
        }
        Subtree child = node.children[index];
        if (layer < node.layer()) {
            Subtree changed = child == null
                    ? lift(leaf(layer, key, value), node.layer() - 1)
                    : put(child.node(), layer, key, value);
            return withChild(node, index, changed);
        }
        Split split = child == null ? Split.NOTHING : split(child.node(), key);
        int count = node.keys.length;
        String[] keys = withGap(node.keys, index, new String[count + 1]);
        keys[index] = key;
        Cid[] values = withGap(node.values, index, new Cid[count + 1]);
        values[index] = value;
        @Nullable Subtree[] children = withGap(node.children, index, new Subtree[count + 2]);
        children[index] = split.left;
        children[index + 1] = split.right;
        return new MstNode(layer, keys, values, children, null);
    }

    /**
     * Returns the root of the tree without a key.
     *
     * @return the same root if the key isn't there
     */
    static MstNode remove(MstNode root, String key) {
        MstNode changed = removeBelow(root, key);
        if (changed == root) {
            return root;
        }
        while (changed != null && changed.keys.length == 0 && changed.children[0] != null) {
            changed = changed.children[0].node();
        }
        return changed == null ? MstNode.EMPTY : changed;
    }

    private static @Nullable MstNode removeBelow(MstNode node, String key) {
        int index = node.ceiling(key);
        if (node.hasKeyAt(index, key)) {
            int count = node.keys.length - 1;
            @Nullable Subtree[] children = removed(node.children, index + 1, new Subtree[count + 1]);
            children[index] = merge(node.children[index], node.children[index + 1]);
            return MstNode.orNull(
                    node.layer(),
                    removed(node.keys, index, new String[count]),
                    removed(node.values, index, new Cid[count]),
                    children);
        }
        Subtree child = node.children[index];
        if (child == null) {
            return node;
        }
        MstNode before = child.node();
        MstNode after = removeBelow(before, key);
        if (after == before) {
            return node;
        }
        return after == null && node.keys.length == 0 ? null : withChild(node, index, after);
    }

    private static MstNode withChild(MstNode node, int index, @Nullable Subtree child) {
        @Nullable Subtree[] children = node.children.clone();
        children[index] = child;
        return new MstNode(node.layer(), node.keys, node.values, children, null);
    }

    private static MstNode leaf(int layer, String key, Cid value) {
        return new MstNode(layer, new String[] {key}, new Cid[] {value}, new Subtree[2], null);
    }

    /** Bridges the layers between a subtree and the given layer with nodes that have no keys. */
    private static @Nullable Subtree lift(@Nullable Subtree subtree, int layer) {
        Subtree lifted = subtree;
        while (lifted != null && lifted.layer() < layer) {
            lifted = new MstNode(lifted.layer() + 1, NO_KEYS, NO_VALUES, new Subtree[] {lifted}, null);
        }
        return lifted;
    }

    /** The parts of a subtree before and after a key; null if empty. */
    private record Split(@Nullable MstNode left, @Nullable MstNode right) {
        static final Split NOTHING = new Split(null, null);
    }

    /** Splits a subtree around a key that it doesn't contain. */
    private static Split split(MstNode node, String key) {
        int index = node.ceiling(key);
        int count = node.keys.length;
        Subtree middle = node.children[index];
        Split below = middle == null ? Split.NOTHING : split(middle.node(), key);
        @Nullable Subtree[] left = Arrays.copyOfRange(node.children, 0, index + 1);
        left[index] = below.left;
        @Nullable Subtree[] right = Arrays.copyOfRange(node.children, index, count + 1);
        right[0] = below.right;
        return new Split(
                MstNode.orNull(
                        node.layer(),
                        Arrays.copyOfRange(node.keys, 0, index),
                        Arrays.copyOfRange(node.values, 0, index),
                        left),
                MstNode.orNull(
                        node.layer(),
                        Arrays.copyOfRange(node.keys, index, count),
                        Arrays.copyOfRange(node.values, index, count),
                        right));
    }

    /** Merges two neighboring subtrees of the same layer: the inverse of {@link #split}. */
    private static @Nullable Subtree merge(@Nullable Subtree left, @Nullable Subtree right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        MstNode a = left.node();
        MstNode b = right.node();
        @Nullable Subtree[] children = Arrays.copyOf(a.children, a.children.length + b.children.length - 1);
        System.arraycopy(b.children, 0, children, a.children.length - 1, b.children.length);
        children[a.keys.length] = merge(a.children[a.keys.length], b.children[0]);
        return new MstNode(a.layer(), joined(a.keys, b.keys), joined(a.values, b.values), children, null);
    }

    private static <T> T[] joined(T[] a, T[] b) {
        T[] joined = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, joined, a.length, b.length);
        return joined;
    }

    /** Copies an array and leaves a gap at an index. */
    private static <T extends @Nullable Object> T[] withGap(T[] from, int index, T[] target) {
        System.arraycopy(from, 0, target, 0, index);
        System.arraycopy(from, index, target, index + 1, from.length - index);
        return target;
    }

    private static <T extends @Nullable Object> T[] removed(T[] from, int index, T[] target) {
        System.arraycopy(from, 0, target, 0, index);
        System.arraycopy(from, index + 1, target, index, target.length - index);
        return target;
    }
}
