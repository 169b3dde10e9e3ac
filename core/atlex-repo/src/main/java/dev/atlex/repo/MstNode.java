package dev.atlex.repo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.atlex.data.Bytes;
import dev.atlex.data.Cid;
import dev.atlex.data.FieldNames;
import dev.atlex.data.LexWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A node of a tree: keys in ascending order with their values, and an optional subtree before, between and after the
 * keys. Immutable, so trees share the nodes that they have in common.
 *
 * <p>All keys of a node are in its layer, and its subtrees are in the layer below. A node without keys has one subtree:
 * it bridges a layer that has no keys in that range. Only the root of the empty tree has neither keys nor subtrees.
 */
final class MstNode implements Subtree {
    static final MstNode EMPTY = new MstNode(0, new String[0], new Cid[0], new Subtree[1], null);

    private static final FieldNames NODE = FieldNames.of("e", "l");
    private static final FieldNames ENTRY = FieldNames.of("k", "p", "t", "v");

    private final int layer;
    final String[] keys;
    final Cid[] values;

    /** There is one more than there are keys. */
    final @Nullable Subtree[] children;

    /** Computed lazily. If two threads compute it at once, both get the same result. */
    private @Nullable Encoded encoded;

    /** A node as a block. */
    record Encoded(Cid cid, byte[] block) {}

    MstNode(int layer, String[] keys, Cid[] values, @Nullable Subtree[] children, @Nullable Encoded encoded) {
        this.layer = layer;
        this.keys = keys;
        this.values = values;
        this.children = children;
        this.encoded = encoded;
    }

    /** Creates a node, or returns null if it would be empty. */
    static @Nullable MstNode orNull(int layer, String[] keys, Cid[] values, @Nullable Subtree[] children) {
        return keys.length == 0 && children[0] == null ? null : new MstNode(layer, keys, values, children, null);
    }

    @Override
    public int layer() {
        return layer;
    }

    @Override
    public MstNode node() {
        return this;
    }

    @Override
    public MstNode unkeptNode() {
        return this;
    }

    @Override
    public Cid cid() {
        return encoded().cid;
    }

    byte[] block() {
        return encoded().block;
    }

    boolean isEmpty() {
        return keys.length == 0 && children[0] == null;
    }

    /** Returns the index of the first key that is greater than or equal to the given one, or the number of keys. */
    int ceiling(String key) {
        int found = Arrays.binarySearch(keys, key);
        return found < 0 ? -found - 1 : found;
    }

    boolean hasKeyAt(int index, String key) {
        return index < keys.length && keys[index].equals(key);
    }

    private Encoded encoded() {
        Encoded known = encoded;
        if (known == null) {
            byte[] block = LexWriter.toCbor(this::write);
            known = new Encoded(Cid.ofDagCbor(block), block);
            encoded = known;
        }
        return known;
    }

    private void write(LexWriter writer) {
        writer.beginMap();
        writer.name(NODE, 0);
        writer.beginArray();
        String previous = "";
        for (int i = 0; i < keys.length; i++) {
            int prefix = sharedPrefix(previous, keys[i]);
            writer.beginMap();
            writer.name(ENTRY, 0);
            writer.bytes(Bytes.wrap(keys[i].substring(prefix).getBytes(ISO_8859_1)));
            writer.name(ENTRY, 1);
            writer.integer(prefix);
            writer.name(ENTRY, 2);
            link(writer, children[i + 1]);
            writer.name(ENTRY, 3);
            writer.link(values[i]);
            writer.endMap();
            previous = keys[i];
        }
        writer.endArray();
        writer.name(NODE, 1);
        link(writer, children[0]);
        writer.endMap();
    }

    private static void link(LexWriter writer, @Nullable Subtree child) {
        if (child == null) {
            writer.nullValue();
        } else {
            writer.link(child.cid());
        }
    }

    static int sharedPrefix(String a, String b) {
        int length = Math.min(a.length(), b.length());
        int i = 0;
        while (i < length && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        return i;
    }
}
