package dev.atlex.repo;

import dev.atlex.data.Cid;
import org.jspecify.annotations.Nullable;

/** Thrown when a block isn't a valid node of a Merkle search tree, or doesn't belong at its place in the tree. */
public class InvalidTreeException extends RepoException {
    private static final long serialVersionUID = 1L;

    private final transient Cid node;

    InvalidTreeException(Cid node, String reason, @Nullable Throwable cause) {
        super("invalid tree node " + node + ": " + reason, cause);
        this.node = node;
    }

    /** Returns the CID of the invalid node. */
    public Cid node() {
        return node;
    }
}
