package dev.atlex.data;

import org.jspecify.annotations.Nullable;

/** What the data model says of maps whose keys begin with a dollar sign. */
final class DataModel {
    static final String MALFORMED_TYPE = "a $type that is no string or empty";

    private DataModel() {}

    /**
     * The value that a map of JSON stands for: a link, bytes, or the map itself.
     *
     * @throws LexDataException in strict mode, if the map uses {@code $link}, {@code $bytes} or {@code $type} wrongly
     */
    static LexValue special(LexMap map, LexReader reader) {
        LexValue link = map.get("$link");
        if (link != null) {
            if (map.size() == 1 && link instanceof LexString text && Cid.isValidLink(text.value())) {
                return Cid.unchecked(text.value());
            }
            return malformed(map, reader, "a malformed $link");
        }
        LexValue bytes = map.get("$bytes");
        if (bytes != null) {
            if (map.size() == 1 && bytes instanceof LexString text) {
                Bytes decoded = Bytes.tryFromBase64(text.value());
                if (decoded != null) {
                    return decoded;
                }
            }
            return malformed(map, reader, "malformed $bytes");
        }
        checkType(map, reader);
        return map;
    }

    static void checkType(LexMap map, LexReader reader) {
        checkType(map, map.get("$type"), reader);
    }

    /** In strict mode a {@code $type} is a string of at least one character, and a blob has a blob's shape. */
    static void checkType(LexMap map, @Nullable LexValue type, LexReader reader) {
        if (type == null || !reader.strict()) {
            return;
        }
        if (!(type instanceof LexString text) || text.value().isEmpty()) {
            throw new LexDataException(reader.path(), MALFORMED_TYPE);
        }
        if (text.value().equals(BlobRef.TYPE) && BlobRef.fromMap(map, true) == null) {
            throw new LexDataException(reader.path(), "a malformed blob");
        }
    }

    /**
     * A finite number as JavaScript has it, which is what the network's other readers see: an integer however it was
     * written.
     */
    static LexValue number(double value) {
        return value == Math.rint(value) && Math.abs(value) <= LexReader.MAX_SAFE_INTEGER
                ? new LexInteger((long) value)
                : new LexFloat(value);
    }

    private static LexValue malformed(LexMap map, LexReader reader, String what) {
        if (reader.strict()) {
            throw new LexDataException(reader.path(), what);
        }
        return map;
    }
}
