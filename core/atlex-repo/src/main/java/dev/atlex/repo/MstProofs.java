package dev.atlex.repo;

import dev.atlex.data.Cid;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the nodes around a key as proofs. */
final class MstProofs {
    private MstProofs() {}

    /** Adds the nodes from the root to the key's place. Returns the last of them. */
    static MstNode addPath(MstNode root, String key, Map<Cid, byte[]> proof) {
        MstNode node = root;
        while (true) {
            proof.put(node.cid(), node.block());
            int index = node.ceiling(key);
            Subtree child = node.hasKeyAt(index, key) ? null : node.children[index];
            if (child == null) {
                return node;
            }
            node = child.node();
        }
    }

    /**
     * Adds the nodes from the root to the key's place, and from there to its neighbors. If the tree doesn't contain the
     * key, its neighbors are on the path to its place.
     */
    static void addCovering(MstNode root, String key, Map<Cid, byte[]> proof) {
        MstNode node = addPath(root, key, proof);
        int index = node.ceiling(key);
        if (node.hasKeyAt(index, key)) {
            addEdge(node.children[index], true, proof);
            addEdge(node.children[index + 1], false, proof);
        }
    }

    private static void addEdge(@Nullable Subtree subtree, boolean last, Map<Cid, byte[]> proof) {
        Subtree next = subtree;
        while (next != null) {
            MstNode node = next.node();
            proof.put(node.cid(), node.block());
            next = node.children[last ? node.keys.length : 0];
        }
    }
}
