package dev.atlex.repo;

import dev.atlex.data.Cid;
import org.jspecify.annotations.Nullable;

/**
 * A reference to a node that is loaded when it is needed. A node is accepted only at its place: below its parent's layer,
 * with keys between those of its ancestors. So a tree is at most as deep as the number of layers, and no node is in it
 * twice, even if a hostile source lets nodes refer to each other in circles.
 */
final class StoredSubtree implements Subtree {
    private final BlockSource source;
    private final Cid cid;
    private final int layer;

    /** All keys are greater than this, if it isn't null. */
    private final @Nullable String low;

    /** All keys are less than this, if it isn't null. */
    private final @Nullable String high;

    /** The node once it is loaded. A race loads it twice, which is harmless. */
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
        MstNode node = loaded;
        if (node == null) {
            node = MstDecoder.node(source, cid, layer, low, high);
            loaded = node;
        }
        return node;
    }
}
