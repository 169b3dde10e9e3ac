package dev.atlex.repo;

import dev.atlex.data.Cid;

/** A child of a node: the node itself, or a reference to one that is loaded when it is needed. */
interface Subtree {
    /** Returns the CID without loading the node. */
    Cid cid();

    /** Returns the layer without loading the node. */
    int layer();

    /**
     * Returns the node.
     *
     * @throws MissingBlockException if it must be loaded and is missing
     * @throws RepoException if it must be loaded and is invalid
     */
    MstNode node();

    /**
     * Like {@link #node}, but a node that must be loaded isn't kept. Walks over a whole tree use this method, because a
     * node in memory may be twenty times as large as its block: its keys are compressed.
     */
    MstNode unkeptNode();
}
