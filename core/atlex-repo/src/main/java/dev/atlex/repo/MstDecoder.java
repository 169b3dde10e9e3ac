package dev.atlex.repo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.atlex.data.Cid;
import dev.atlex.data.FieldNames;
import dev.atlex.data.LexException;
import dev.atlex.data.LexReader;
import dev.atlex.data.ReadOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the nodes of a tree, and makes all checks that don't need other nodes. */
final class MstDecoder {
    private static final FieldNames NODE = FieldNames.of("e", "l");
    private static final FieldNames ENTRY = FieldNames.of("k", "p", "t", "v");
    private static final ReadOptions OPTIONS = ReadOptions.STRICT.withMaxDepth(8);

    private final List<String> keys = new ArrayList<>();
    private final List<Cid> values = new ArrayList<>();

    /** The CIDs of the subtrees. There is one more than there are keys. */
    private final List<@Nullable Cid> children = new ArrayList<>();

    private @Nullable Cid left;
    private boolean hasLeft;
    private boolean hasEntries;

    private MstDecoder() {}

    /**
     * Loads the root of a tree. Unless the tree is empty, the root has keys, which determine its layer.
     *
     * @throws MissingBlockException if it isn't there
     * @throws InvalidTreeException if it isn't a valid root
     */
    static MstNode root(BlockSource source, Cid cid) {
        byte[] block = source.require(cid, "root of the tree");
        MstDecoder decoder = decode(cid, block);
        if (decoder.keys.isEmpty()) {
            if (decoder.left != null) {
                throw new InvalidTreeException(cid, "a root without keys must not have a subtree", null);
            }
            return MstNode.EMPTY;
        }
        return decoder.build(source, cid, block, MstKeys.layer(decoder.keys.get(0)), null, null);
    }

    /** Loads a node below the root, whose place in the tree is known. */
    static MstNode node(BlockSource source, Cid cid, int layer, @Nullable String low, @Nullable String high) {
        byte[] block = source.require(cid, "tree node");
        MstDecoder decoder = decode(cid, block);
        if (decoder.keys.isEmpty() && decoder.left == null) {
            throw new InvalidTreeException(cid, "a node below the root must not be empty", null);
        }
        return decoder.build(source, cid, block, layer, low, high);
    }

    private MstNode build(
            BlockSource source, Cid cid, byte[] block, int layer, @Nullable String low, @Nullable String high) {
        children.set(0, left);
        Subtree[] subtrees = new Subtree[children.size()];
        String previous = low;
        for (int i = 0; i < subtrees.length; i++) {
            String next = i < keys.size() ? keys.get(i) : high;
            if (previous != null && next != null && previous.compareTo(next) >= 0) {
                throw new InvalidTreeException(
                        cid, "keys out of order: \"" + next + "\" after \"" + previous + "\"", null);
            }
            if (i < keys.size() && MstKeys.layer(keys.get(i)) != layer) {
                throw new InvalidTreeException(
                        cid,
                        "key \"" + next + "\" belongs in layer " + MstKeys.layer(keys.get(i)) + ", not " + layer,
                        null);
            }
            Cid child = children.get(i);
            if (child != null) {
                if (layer == 0) {
                    throw new InvalidTreeException(cid, "a node in layer 0 must not have subtrees", null);
                }
                subtrees[i] = new StoredSubtree(source, child, layer - 1, previous, next);
            }
            previous = next;
        }
        return new MstNode(
                layer,
                keys.toArray(String[]::new),
                values.toArray(Cid[]::new),
                subtrees,
                new MstNode.Encoded(cid, block));
    }

    private static MstDecoder decode(Cid cid, byte[] block) {
        MstDecoder decoder = new MstDecoder();
        try {
            LexReader.readCbor(block, OPTIONS, reader -> {
                decoder.read(reader, cid);
                return decoder;
            });
        } catch (RepoException e) {
            throw e;
        } catch (LexException e) {
            throw new InvalidTreeException(cid, "not a node of a tree", e);
        }
        return decoder;
    }

    private void read(LexReader reader, Cid cid) {
        children.add(null);
        reader.beginMap();
        for (int field; (field = reader.nextField(NODE)) != LexReader.END; ) {
            switch (field) {
                case 0 -> {
                    hasEntries = true;
                    reader.beginArray();
                    while (reader.nextElement()) {
                        readEntry(reader, cid);
                    }
                }
                case 1 -> {
                    hasLeft = true;
                    left = readLink(reader);
                }
                default -> throw new InvalidTreeException(cid, "unknown field \"" + reader.fieldName() + "\"", null);
            }
        }
        if (!hasEntries || !hasLeft) {
            throw new InvalidTreeException(cid, "missing field \"" + (hasEntries ? "l" : "e") + "\"", null);
        }
    }

    private void readEntry(LexReader reader, Cid cid) {
        byte[] suffix = null;
        long prefix = -1;
        Cid value = null;
        boolean hasTree = false;
        Cid tree = null;
        reader.beginMap();
        for (int field; (field = reader.nextField(ENTRY)) != LexReader.END; ) {
            switch (field) {
                case 0 -> suffix = reader.readBytes().toByteArray();
                case 1 -> prefix = reader.readInteger();
                case 2 -> {
                    hasTree = true;
                    tree = readLink(reader);
                }
                case 3 -> value = reader.readLink();
                default -> throw new InvalidTreeException(cid, "unknown field \"" + reader.fieldName() + "\"", null);
            }
        }
        if (suffix == null || prefix < 0 || value == null || !hasTree) {
            throw new InvalidTreeException(cid, "entry " + keys.size() + " is incomplete", null);
        }
        addEntry(prefix, new String(suffix, ISO_8859_1), value, tree, cid);
    }

    private void addEntry(long prefix, String suffix, Cid value, @Nullable Cid tree, Cid cid) {
        String previous = keys.isEmpty() ? "" : keys.get(keys.size() - 1);
        if (prefix > previous.length()) {
            throw new InvalidTreeException(cid, "prefix of entry " + keys.size() + " longer than the key before", null);
        }
        String key = previous.substring(0, (int) prefix) + suffix;
        if (!MstKeys.isValid(key)) {
            throw new InvalidTreeException(cid, "invalid key in entry " + keys.size(), null);
        }
        if (MstNode.sharedPrefix(previous, key) != prefix) {
            throw new InvalidTreeException(cid, "prefix of entry " + keys.size() + " shorter than possible", null);
        }
        keys.add(key);
        values.add(value);
        children.add(tree);
    }

    private static @Nullable Cid readLink(LexReader reader) {
        if (reader.isNull()) {
            reader.readNull();
            return null;
        }
        return reader.readLink();
    }
}
