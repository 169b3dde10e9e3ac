package dev.atlex.repo;

import dev.atlex.data.Cid;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A Merkle search tree: the index of a repository, from keys of the form {@code collection/rkey} to the CIDs of
 * records. Immutable: {@link #put} and {@link #remove} return new trees, which share unchanged nodes with this one.
 *
 * <p>The layer of a key is half the number of leading zero bits in its SHA-256 hash. A node contains neighboring keys
 * of the same layer. So the tree's shape, and the CID of its root, depend only on its content, not on the order of
 * changes.
 *
 * <p>A tree that was {@linkplain #load loaded} reads its nodes from a {@link BlockSource} when they are needed, and
 * checks each of them: the order of its keys, their layers, the prefix compression, and its place below its parent.
 * Every method may then throw a {@link MissingBlockException} or {@link InvalidTreeException}. Trees are safe for use
 * by multiple threads if their source is.
 *
 * @see <a href="https://atproto.com/specs/repository#mst-structure">AT Protocol: MST structure</a>
 */
public final class Mst {
    private static final Mst EMPTY = new Mst(MstNode.EMPTY);

    private final MstNode root;

    private Mst(MstNode root) {
        this.root = root;
    }

    /** Returns the tree without keys. */
    public static Mst empty() {
        return EMPTY;
    }

    /**
     * Builds a tree.
     *
     * @throws IllegalArgumentException if {@link #isValidKey} rejects a key
     */
    public static Mst of(Map<String, Cid> entries) {
        if (entries.isEmpty()) {
            return EMPTY;
        }
        SortedMap<String, Cid> sorted = new TreeMap<>(entries);
        List<String> keys = List.copyOf(sorted.keySet());
        int[] layers = new int[keys.size()];
        int max = 0;
        for (int i = 0; i < layers.length; i++) {
            layers[i] = MstKeys.layer(MstKeys.check(keys.get(i)));
            max = Math.max(max, layers[i]);
        }
        MstNode root = MstEdits.build(keys, List.copyOf(sorted.values()), layers, 0, layers.length, max);
        return new Mst(root == null ? MstNode.EMPTY : root);
    }

    /**
     * Loads the root of a tree. Other nodes are loaded when they are needed, and kept.
     *
     * @param root the CID of the root, as in {@link Commit#data()}
     * @throws MissingBlockException if the root isn't in the source
     * @throws InvalidTreeException if the root is invalid
     */
    public static Mst load(Cid root, BlockSource source) {
        return new Mst(MstDecoder.root(source, root));
    }

    /**
     * Returns whether a key is valid: a collection and a record key separated by a slash, each with at least one
     * character from {@code A-Z a-z 0-9 . - _ : ~}, and at most 1,024 characters in total. Like the reference
     * implementation, this doesn't check that the collection is an NSID.
     */
    public static boolean isValidKey(String key) {
        return MstKeys.isValid(key);
    }

    /** Returns the CID of the root, which identifies the whole content. */
    public Cid root() {
        return root.cid();
    }

    /** Returns whether the tree has no keys. */
    public boolean isEmpty() {
        return root.isEmpty();
    }

    /** Returns the number of keys. This visits all nodes. */
    public int size() {
        int size = 0;
        for (Map.Entry<String, Cid> ignored : entries()) {
            size++;
        }
        return size;
    }

    /** Returns the CID of the record with a key, or null if there is none. */
    public @Nullable Cid get(String key) {
        MstNode node = root;
        while (true) {
            int index = node.ceiling(key);
            if (node.hasKeyAt(index, key)) {
                return node.values[index];
            }
            Subtree child = node.children[index];
            if (child == null) {
                return null;
            }
            node = child.node();
        }
    }

    /**
     * Returns a tree with a key added, or with its value replaced.
     *
     * @throws IllegalArgumentException if {@link #isValidKey} rejects the key
     */
    public Mst put(String key, Cid value) {
        return new Mst(MstEdits.put(root, MstKeys.check(key), value));
    }

    /** Returns a tree without a key, or this tree if it doesn't contain the key. */
    public Mst remove(String key) {
        MstNode changed = MstEdits.remove(root, key);
        return changed == root ? this : new Mst(changed);
    }

    /** Returns the keys and values in ascending order of the keys. */
    public Iterable<Map.Entry<String, Cid>> entries() {
        return entries("");
    }

    /**
     * Returns the keys that start with a prefix, and their values, in ascending order of the keys. Only the nodes that
     * contain them are visited.
     *
     * @param prefix such as {@code "app.bsky.feed.post/"}
     */
    public Iterable<Map.Entry<String, Cid>> entries(String prefix) {
        return () -> new Iterator<>() {
            private final MstCursor cursor = MstCursor.at(root, prefix);

            @Override
            public boolean hasNext() {
                return cursor.toEntry() && cursor.key().startsWith(prefix);
            }

            @Override
            public Map.Entry<String, Cid> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                Map.Entry<String, Cid> entry = Map.entry(cursor.key(), cursor.value());
                cursor.skip();
                return entry;
            }
        };
    }

    /** Calls an action with the CID and the content of each node, parents before their subtrees. */
    public void forEachNode(BiConsumer<? super Cid, byte[]> action) {
        visit(root, action);
    }

    private static void visit(MstNode node, BiConsumer<? super Cid, byte[]> action) {
        action.accept(node.cid(), node.block());
        for (Subtree child : node.children) {
            if (child != null) {
                visit(child.unkeptNode(), action);
            }
        }
    }

    /**
     * Returns the nodes from the root to the place of a key. They prove the key's value, or that the tree doesn't
     * contain the key.
     *
     * @return the contents of the nodes by CID, root first
     */
    public Map<Cid, byte[]> proof(String key) {
        Map<Cid, byte[]> proof = new LinkedHashMap<>();
        MstProofs.addPath(root, key, proof);
        return proof;
    }

    /**
     * Returns the nodes that prove the value of a key and its neighbors' keys. With these nodes, a change to the key
     * can be undone without the rest of the tree, so a commit on a firehose contains them for each of its operations.
     *
     * @return the contents of the nodes by CID, root first
     */
    public Map<Cid, byte[]> coveringProof(String key) {
        Map<Cid, byte[]> proof = new LinkedHashMap<>();
        MstProofs.addCovering(root, key, proof);
        return proof;
    }

    /**
     * Compares this tree with an earlier one. Subtrees that both trees contain are skipped, unless a change next to
     * them has moved them to a different depth.
     */
    public MstDiff diff(Mst before) {
        return MstDiff.between(before.root, root);
    }

    /** Returns whether the other object is a tree with the same content. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Mst that && root().equals(that.root());
    }

    @Override
    public int hashCode() {
        return root().hashCode();
    }

    @Override
    public String toString() {
        return "Mst[" + root() + "]";
    }
}
