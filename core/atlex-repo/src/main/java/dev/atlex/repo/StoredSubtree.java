package dev.atlex.repo;

import dev.atlex.data.Cid;
import org.jspecify.annotations.Nullable;

/**
 * A reference to a node that is loaded when it is needed. A node is rejected unless it is at its proper place: in the
 * layer below its parent's, with keys between those of its ancestors. So a tree can't be deeper than the number of
 * layers or contain a node twice, even if the nodes of a hostile source refer to each other in cycles.
 */
final class StoredSubtree implements Subtree {
    private final BlockSource source;
    private final Cid cid;
    private final int layer;

    /** All keys are greater than this, if it isn't null. */
    private final @Nullable String low;

    /** All keys are less than this, if it isn't null. */
    private final @Nullable String high;

    /** The node, after it has been loaded. If two threads load it at once, both get the same result. */
    private @Nullable MstNode loaded;

    StoredSubtree(BlockSource source, Cid cid, int layer, @Nullable String low, @Nullable String high) {
        this.source = source;
        this.cid = cid;
        this.layer = layer;
        this.low = low;
        this.high = high;
    }

    @Override
    public Cid cid() {
        return cid;
    }

    @Override
    public int layer() {
        return layer;
    }

    @Override
    public MstNode node() {
        MstNode node = unkeptNode();
        loaded = node;
        return node;
    }

    @Override
    public MstNode unkeptNode() {
        MstNode node = loaded;
        return node == null ? MstDecoder.node(source, cid, layer, low, high) : node;
    }
}
