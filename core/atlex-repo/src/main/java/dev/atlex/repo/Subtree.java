package dev.atlex.repo;

import dev.atlex.data.Cid;

/** A child of a node: the node itself, or a reference to one that is loaded when it is needed. */
interface Subtree {
    /** Returns the CID, which doesn't load the node. */
    Cid cid();

    /** Returns the layer, which doesn't load the node. */
    int layer();

    /**
     * Returns the node.
     *
     * @throws MissingBlockException if it must be loaded and isn't there
     * @throws RepoException if it must be loaded and is invalid
     */
    MstNode node();
}
