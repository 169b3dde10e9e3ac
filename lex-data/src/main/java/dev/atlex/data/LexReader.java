package dev.atlex.data;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads one value of the data model as a stream. A reader stands before a value; each {@code read…} takes that value,
 * {@link #beginMap()} and {@link #beginArray()} go into it.
 *
 * <p>JSON, DAG-CBOR and the tree are three implementations. Where the value is not of the kind that is asked for, a
 * reader throws a {@link LexValidationException} that names the path.
 */
public abstract class LexReader {
    /** {@link #nextField}: the map has no further field. */
    public static final int END = -1;

    /** {@link #nextField}: a field whose name is not among the given ones. */
    public static final int UNKNOWN = -2;

    /** The integers that JSON carries without loss, of either sign. */
    public static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

    private static final int MAX_NAME_IN_PATH = 64;

    private final ReadOptions options;

    LexReader(ReadOptions options) {
        this.options = options;
    }

    /**
     * Reads a whole JSON document.
     *
     * @param body takes exactly one value
     * @throws LexDataException if the bytes are not one JSON document of the data model
     * @throws LexValidationException if the value does not follow its schema
     */
    public static <T> T readJson(byte[] json, ReadOptions options, Function<? super LexReader, ? extends T> body) {
        return JsonReader.read(json, options, body);
    }

    /**
     * Reads a whole DAG-CBOR document.
     *
     * <p>Strictly it must be in the one form that the protocol gives a value. Leniently, floats, keys in any order,
     * {@code undefined} (as null) and bad UTF-8 (replaced by U+FFFD) are taken too.
     *
     * @param body takes exactly one value
     * @throws LexDataException if the bytes are not one DAG-CBOR document of the data model
     * @throws LexValidationException if the value does not follow its schema
     */
    public static <T> T readCbor(byte[] cbor, ReadOptions options, Function<? super LexReader, ? extends T> body) {
        return CborReader.read(cbor, options, body);
    }

    /**
     * Reads a tree, as if it were being parsed: strictly, {@link #readValue()} refuses what the data model forbids.
     *
     * @throws LexDataException if the tree holds what the options don't allow
     * @throws LexValidationException if the value does not follow its schema
     */
    public static <T> T readValue(LexValue value, ReadOptions options, Function<? super LexReader, ? extends T> body) {
        return body.apply(new TreeReader(value, options, null));
    }

    static LexValue parseJson(byte[] json, ReadOptions options) {
        return readJson(json, options, LexReader::readValue);
    }

    static LexValue parseCbor(byte[] cbor, ReadOptions options) {
        return readCbor(cbor, options, LexReader::readValue);
    }

    /** How strictly this reader reads. */
    public final ReadOptions options() {
        return options;
    }

    /** Whether the constraints of the schema are to be checked. */
    public final boolean validating() {
        return options.validate();
    }

    /** Whether what the data model forbids is refused. */
    public final boolean strict() {
        return options.strict();
    }

    /**
     * The kind of the value before which the reader stands. Of JSON, a link, bytes and a blob look like a map until they
     * are read, and an integer that is written with a point or an exponent looks like a float.
     */
    public abstract Kind kind();

    /** Whether the value before which the reader stands is null. It is not taken. */
    public boolean isNull() {
        return kind() == Kind.NULL;
    }

    /** Goes into a map, to be followed by {@link #nextField} until that answers {@link #END}. */
    public abstract void beginMap();

    /**
     * Goes to the value of the map's next field.
     *
     * @return the position of its name, or {@link #UNKNOWN}, or {@link #END} when the reader has left the map
     */
    public abstract int nextField(FieldNames names);

    /** The name of the field that {@link #nextField} went to. */
    public abstract String fieldName();

    /**
     * Goes into a map and finds its {@code $type} first, wherever in the map it stands.
     *
     * @return the reader to go on with, often this one; {@link #enteredType()} of it answers the type, and
     *     {@link #nextField} the other fields. When that has answered {@link #END}, this reader stands behind the map
     */
    public abstract LexReader enterTyped();

    /** The {@code $type} that {@link #enterTyped()} found, or null where there was none or it was no string. */
    public abstract @Nullable String enteredType();

    /** Goes into an array, to be followed by {@link #nextElement} until that answers false. */
    public abstract void beginArray();

    /**
     * Goes to the array's next element.
     *
     * @return false when there is none and the reader has left the array
     */
    public abstract boolean nextElement();

    public abstract String readString();

    public abstract long readInteger();

    public abstract boolean readBoolean();

    public abstract void readNull();

    public abstract Bytes readBytes();

    public abstract Cid readLink();

    /** Takes the whole value, whatever it is. */
    public abstract LexValue readValue();

    /** Takes a map, of whatever content. */
    public LexMap readMap() {
        if (kind() != Kind.MAP) {
            throw unexpected(Kind.MAP);
        }
        LexValue value = readValue();
        if (value instanceof LexMap map) {
            return map;
        }
        throw invalid("type", Kind.MAP.toString(), value.kind().toString());
    }

    /**
     * Where the reader stands, from the root {@code $}: {@code $.feed[3].post}. A name that is no identifier is quoted and
     * may be shortened: {@code $["a b"]}.
     */
    public final String path() {
        StringBuilder path = new StringBuilder();
        appendPath(path);
        return path.toString();
    }

    abstract void appendPath(StringBuilder path);

    /** A failure of the value before which the reader stands, or which it has just taken. To be thrown by the caller. */
    public final LexValidationException invalid(String rule, String expected, String found) {
        return new LexValidationException(path(), rule, expected, found);
    }

    /** A required field that was not there when the map ended. To be thrown by the caller. */
    public final LexValidationException missing(String name) {
        StringBuilder path = new StringBuilder();
        appendPath(path);
        return new LexValidationException(appendName(path, name).toString(), "required", "a value", "nothing");
    }

    final LexValidationException unexpected(Kind expected) {
        return invalid("type", expected.toString(), kind().toString());
    }

    static StringBuilder appendName(StringBuilder path, String name) {
        if (isIdentifier(name)) {
            return path.append('.').append(name);
        }
        path.append("[\"");
        for (int i = 0; i < name.length() && i < MAX_NAME_IN_PATH; i++) {
            char c = name.charAt(i);
            if (c == '"' || c == '\\') {
                path.append('\\').append(c);
            } else if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                Text.escape(c, path);
            } else {
                path.append(c);
            }
        }
        return path.append(name.length() > MAX_NAME_IN_PATH ? "…\"]" : "\"]");
    }

    private static boolean isIdentifier(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '$' && i == 0;
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !name.isEmpty() && name.length() <= MAX_NAME_IN_PATH;
    }

    static StringBuilder appendIndex(StringBuilder path, int index) {
        return index < 0 ? path : path.append('[').append(index).append(']');
    }
}
