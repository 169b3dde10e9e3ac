package dev.atlex.data;

import org.jspecify.annotations.Nullable;

/** The data model's rules for maps with keys that start with a dollar sign. */
final class DataModel {
    static final String MALFORMED_TYPE = "invalid $type: expected a non-empty string";

    private DataModel() {}

    /**
     * Returns the value that a JSON map represents: a link, bytes, or the map itself.
     *
     * @throws LexDataException in strict mode, if the map uses {@code $link}, {@code $bytes} or {@code $type}
     *     incorrectly
     */
    static LexValue special(LexMap map, LexReader reader) {
        LexValue link = map.get("$link");
        if (link != null) {
            if (map.size() == 1 && link instanceof LexString text && Cid.isValidLink(text.value())) {
                return Cid.unchecked(text.value());
            }
            return malformed(map, reader, "invalid $link");
        }
        LexValue bytes = map.get("$bytes");
        if (bytes != null) {
            if (map.size() == 1 && bytes instanceof LexString text) {
                Bytes decoded = Bytes.tryFromBase64(text.value());
                if (decoded != null) {
                    return decoded;
                }
            }
            return malformed(map, reader, "invalid $bytes");
        }
        checkType(map, reader);
        return map;
    }

    static void checkType(LexMap map, LexReader reader) {
        checkType(map, map.get("$type"), reader);
    }

    /**
     * In strict mode, checks that {@code $type} is a non-empty string, and that a map of type {@code blob} is a valid
     * blob reference.
     */
    static void checkType(LexMap map, @Nullable LexValue type, LexReader reader) {
        if (type == null || !reader.strict()) {
            return;
        }
        if (!(type instanceof LexString text) || text.value().isEmpty()) {
            throw new LexDataException(reader.path(), MALFORMED_TYPE);
        }
        if (text.value().equals(BlobRef.TYPE) && BlobRef.fromMap(map, true) == null) {
            throw new LexDataException(reader.path(), "invalid blob reference");
        }
    }

    /**
     * Returns a finite number as JavaScript and most other readers on the network parse it: {@code 1.0} is an integer.
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
