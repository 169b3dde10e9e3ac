package dev.atlex.data;

import dev.atlex.data.internal.RoomyStack;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes one value of the data model as a stream. JSON, DAG-CBOR and the tree are three implementations.
 *
 * <p>Between {@link #beginMap()} and {@link #endMap()} each value is preceded by its {@code name}. Names may come in any
 * order; a writer whose format has an order of its own sorts them. Calls that make no value, such as two names in
 * succession, end in an {@link IllegalStateException}; more than {@link ReadOptions#MAX_DEPTH} containers in each other in
 * a {@link LexDataException}. A body that writes deeply nested values may be called twice.
 */
public abstract class LexWriter {
    private final int maxDepth;

    /** @param maxDepth how deep it may go without a {@linkplain RoomyStack roomy stack} */
    LexWriter(int maxDepth) {
        this.maxDepth = maxDepth;
    }

    /** Refuses to go into one more container, or asks for the stack that this needs. */
    final void checkDepth(int depth) {
        if (depth >= ReadOptions.MAX_DEPTH) {
            throw new LexDataException("$", "nested deeper than " + ReadOptions.MAX_DEPTH);
        } else if (depth >= maxDepth) {
            throw RoomyStack.needed();
        }
    }

    /**
     * The JSON that the body writes, in UTF-8. The body writes exactly one value.
     *
     * @throws LexDataException if the body writes a float that is not finite
     */
    public static byte[] toJson(Consumer<? super LexWriter> body) {
        return RoomyStack.run(maxDepth -> JsonWriter.write(body, maxDepth));
    }

    /**
     * The canonical DAG-CBOR that the body writes. The body writes exactly one value.
     *
     * @throws LexDataException if the body writes a float, or one name twice in a map
     */
    public static byte[] toCbor(Consumer<? super LexWriter> body) {
        return RoomyStack.run(maxDepth -> CborWriter.write(body, maxDepth));
    }

    /** The tree that the body writes. The body writes exactly one value; of a name that comes twice the last one stays. */
    public static LexValue toValue(Consumer<? super LexWriter> body) {
        return RoomyStack.run(maxDepth -> {
            TreeWriter writer = new TreeWriter(maxDepth);
            body.accept(writer);
            return writer.result();
        });
    }

    public abstract void beginMap();

    public abstract void endMap();

    public abstract void name(String name);

    public void name(FieldNames names, int position) {
        name(names.name(position));
    }

    public abstract void beginArray();

    public abstract void endArray();

    public abstract void string(String value);

    public abstract void integer(long value);

    public abstract void bool(boolean value);

    public abstract void nullValue();

    public abstract void bytes(Bytes value);

    public abstract void link(Cid value);

    /** A number that is no integer: only of what was read leniently. */
    public abstract void floating(double value);

    /** A number that is no integer of 64 bits, with its text if a {@code double} can't hold it. */
    void floating(LexFloat value) {
        floating(value.value());
    }

    /** A whole tree. */
    public void value(LexValue value) {
        if (value instanceof LexMap map) {
            beginMap();
            for (int i = 0; i < map.size(); i++) { // not forEach: one frame of the stack for a level, not four
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

    /** Further fields of the map that is being written. */
    public final void fields(Map<String, LexValue> fields) {
        fields.forEach((name, value) -> {
            name(name);
            value(value);
        });
    }
}
