package dev.atlex.testkit.internal.sync;

import dev.atlex.data.Cid;
import dev.atlex.repo.CarWriter;
import dev.atlex.repo.Commit;
import dev.atlex.repo.Mst;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A commit and its changes.
 *
 * @param before the previous commit, or null if this is the first
 * @param treeBefore the tree of the previous commit
 */
public record RepoChange(Commit commit, Mst tree, @Nullable Commit before, Mst treeBefore, List<Operation> operations) {

    /**
     * A change of one record.
     *
     * @param action create, update or delete
     * @param path the record's key in the tree
     * @param cid null for a deletion
     * @param prev the previous CID, or null for a creation
     * @param block the record in DAG-CBOR; null for a deletion
     */
    public record Operation(
            String action,
            String path,
            @Nullable Cid cid,
            @Nullable Cid prev,
            byte @Nullable [] block) {}

    /** Returns the first commit of a repository, without records. */
    public static RepoChange first(Commit commit, Mst tree) {
        return new RepoChange(commit, tree, null, tree, List.of());
    }

    /**
     * Returns the part of the repository that an event contains: the commit, the records written, and the nodes that
     * let a consumer undo the operations and compare the result with the previous tree.
     */
    byte[] slice() {
        Map<Cid, byte[]> blocks = new LinkedHashMap<>();
        blocks.put(commit.cid(), commit.block());
        if (before == null) {
            tree.forEachNode(blocks::put);
        } else {
            blocks.putAll(tree.diff(treeBefore).addedNodes());
        }
        for (Operation operation : operations) {
            blocks.putAll(tree.coveringProof(operation.path()));
        }
        for (Operation operation : operations) {
            if (operation.cid() != null
                    && operation.block() != null
                    && operation.cid().equals(tree.get(operation.path()))) {
                blocks.put(operation.cid(), operation.block());
            }
        }
        return CarWriter.toBytes(commit.cid(), blocks);
    }
}
