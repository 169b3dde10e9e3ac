package dev.atlex.data;

import dev.atlex.data.internal.RoomyStack;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes one value in the data model as a stream. There are three implementations, for JSON, DAG-CBOR and trees.
 *
 * <p>Between {@link #beginMap()} and {@link #endMap()}, call {@code name} before each value. Names may be in any order;
 * a writer sorts them if its format requires an order. An invalid sequence of calls, such as two names in a row, throws
 * {@link IllegalStateException}. Nesting deeper than {@link ReadOptions#MAX_DEPTH} throws {@link LexDataException}. A
 * body that writes deeply nested values may be called twice.
 */
public abstract class LexWriter {
    private final int maxDepth;

    /**
     * Creates a writer.
     *
     * @param maxDepth the maximum depth without a {@linkplain RoomyStack larger stack}
     */
    LexWriter(int maxDepth) {
        this.maxDepth = maxDepth;
    }

    /** Throws if one more container would exceed the maximum depth, or would need a larger stack. */
    final void checkDepth(int depth) {
        if (depth >= ReadOptions.MAX_DEPTH) {
            throw new LexDataException("$", "nested deeper than " + ReadOptions.MAX_DEPTH);
        } else if (depth >= maxDepth) {
            throw RoomyStack.needed();
        }
    }

    /**
     * Returns the JSON that the body writes, in UTF-8. The body must write exactly one value.
     *
     * @throws LexDataException if the body writes a float that is NaN or infinite
     */
    public static byte[] toJson(Consumer<? super LexWriter> body) {
        return RoomyStack.run(maxDepth -> JsonWriter.write(body, maxDepth));
    }

    /**
     * Returns the canonical DAG-CBOR that the body writes. The body must write exactly one value.
     *
     * @throws LexDataException if the body writes a float, or a duplicate name in a map
     */
    public static byte[] toCbor(Consumer<? super LexWriter> body) {
        return RoomyStack.run(maxDepth -> CborWriter.write(body, maxDepth));
    }

    /**
     * Returns the tree that the body writes. The body must write exactly one value. The last value of a duplicate name
     * wins.
     */
    public static LexValue toValue(Consumer<? super LexWriter> body) {
        return RoomyStack.run(maxDepth -> {
            TreeWriter writer = new TreeWriter(maxDepth);
            body.accept(writer);
            return writer.result();
        });
    }

    /** Begins a map. */
    public abstract void beginMap();

    /** Ends the current map. */
    public abstract void endMap();

    /** Writes the name of the current map's next field. */
    public abstract void name(String name);

    /**
     * Writes the name of the current map's next field, using its prepared encoding.
     *
     * @param position the position of the name in {@code names}, from 0
     */
    public void name(FieldNames names, int position) {
        name(names.name(position));
    }

    /** Begins an array. */
    public abstract void beginArray();

    /** Ends the current array. */
    public abstract void endArray();

    /** Writes a string. JSON escapes a lone surrogate; DAG-CBOR replaces it with U+FFFD. */
    public abstract void string(String value);

    /** Writes an integer. Values of more than 53 bits are written too, but other implementations may reject them. */
    public abstract void integer(long value);

    /** Writes a boolean. */
    public abstract void bool(boolean value);

    /** Writes a null. */
    public abstract void nullValue();

    /** Writes bytes: {@code {"$bytes": "…"}} in JSON, a byte string in DAG-CBOR. */
    public abstract void bytes(Bytes value);

    /** Writes a link: {@code {"$link": "…"}} in JSON, tag 42 in DAG-CBOR. */
    public abstract void link(Cid value);

    /**
     * Writes a number that isn't an integer, which only lenient reading produces.
     *
     * @throws LexDataException if the format is DAG-CBOR, or if the format is JSON and the number is NaN or infinite
     */
    public abstract void floating(double value);

    /** Writes a number that isn't a 64-bit integer. Uses its text if a {@code double} can't represent it. */
    void floating(LexFloat value) {
        floating(value.value());
    }

    /** Writes a tree. */
    public void value(LexValue value) {
        if (value instanceof LexMap map) {
            beginMap();
            for (int i = 0; i < map.size(); i++) { // not forEach: one stack frame for each level instead of four
                name(map.keyAt(i));
                value(map.valueAt(i));
            }
            endMap();
        } else if (value instanceof LexArray array) {
            beginArray();
            for (int i = 0; i < array.size(); i++) {
                value(array.get(i));
            }
            endArray();
        } else if (value instanceof LexString string) {
            string(string.value());
        } else if (value instanceof LexInteger integer) {
            integer(integer.value());
        } else if (value instanceof LexBoolean bool) {
            bool(bool.value());
        } else if (value instanceof Cid link) {
            link(link);
        } else if (value instanceof Bytes bytes) {
            bytes(bytes);
        } else if (value instanceof LexFloat floating) {
            floating(floating);
        } else {
            nullValue();
        }
    }

    /** Writes additional fields of the current map. */
    public final void fields(Map<String, LexValue> fields) {
        fields.forEach((name, value) -> {
            name(name);
            value(value);
        });
    }
}
