package dev.atlex.data;

import dev.atlex.data.internal.Excerpt;
import dev.atlex.data.internal.RoomyStack;
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

    /** Of a path that is longer than twice that, so many steps are shown at both ends. */
    private static final int STEPS_AT_AN_END = 10;

    private final ReadOptions options;

    LexReader(ReadOptions options) {
        this.options = options;
    }

    /**
     * Reads a whole JSON document.
     *
     * <p>Where the options let something be set aside or left out and the document has such a thing, or where it is nested
     * deeply, the body is called once more, from the document's start.
     *
     * @param body takes exactly one value
     * @throws LexDataException if the bytes are not one JSON document of the data model
     * @throws LexValidationException if the value does not follow its schema
     */
    public static <T> T readJson(byte[] json, ReadOptions options, Function<? super LexReader, ? extends T> body) {
        return RoomyStack.run(maxDepth -> {
            if (!options.tolerant()) {
                return JsonReader.read(json, options, maxDepth, body);
            }
            try {
                return JsonReader.read(json, options, maxDepth, body);
            } catch (LexValidationException e) {
                return tolerantly(
                        JsonReader.read(json, options, maxDepth, LexReader::readValue), options, maxDepth, body);
            }
        });
    }

    /**
     * Reads a whole DAG-CBOR document.
     *
     * <p>Strictly it must be in the one form that the protocol gives a value. Leniently, floats, keys in any order,
     * {@code undefined} (as null) and bad UTF-8 (replaced by U+FFFD) are taken too. As of {@link #readJson}, the body may
     * be called twice.
     *
     * @param body takes exactly one value
     * @throws LexDataException if the bytes are not one DAG-CBOR document of the data model
     * @throws LexValidationException if the value does not follow its schema
     */
    public static <T> T readCbor(byte[] cbor, ReadOptions options, Function<? super LexReader, ? extends T> body) {
        return RoomyStack.run(maxDepth -> {
            if (!options.tolerant()) {
                return CborReader.read(cbor, options, maxDepth, body);
            }
            try {
                return CborReader.read(cbor, options, maxDepth, body);
            } catch (LexValidationException e) {
                return tolerantly(
                        CborReader.read(cbor, options, maxDepth, LexReader::readValue), options, maxDepth, body);
            }
        });
    }

    /**
     * Reads a tree, as if it were being parsed: strictly, {@link #readValue()} refuses what the data model forbids. As of
     * {@link #readJson}, the body may be called twice.
     *
     * @throws LexDataException if the tree holds what the options don't allow
     * @throws LexValidationException if the value does not follow its schema
     */
    public static <T> T readValue(LexValue value, ReadOptions options, Function<? super LexReader, ? extends T> body) {
        return RoomyStack.run(maxDepth -> tolerantly(value, options, maxDepth, body));
    }

    /**
     * Reads from the tree: there, what is set aside is at hand, and a failure costs no second look at what was read. So
     * whatever is wrong at however many places, all reading is linear.
     */
    private static <T> T tolerantly(
            LexValue value, ReadOptions options, int maxDepth, Function<? super LexReader, ? extends T> body) {
        if (options.problems() != null) {
            options.problems().reset(0);
        }
        return body.apply(new TreeReader(value, options, maxDepth, null));
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

    /** Whether there was a {@code $type} that is no string, which a tolerant reader lets pass. */
    public boolean hasOddType() {
        return false;
    }

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
        throw invalid("type", Kind.MAP.toString(), shown(value));
    }

    /**
     * Whether a value that is not as its schema says may be set aside, or left out of its array, instead of making the
     * whole invalid: {@link #setAside} and {@link #leaveOut} do so then.
     */
    public boolean tolerant() {
        return false;
    }

    /** How many maps and arrays the reader is in, for {@link #setAside} and {@link #leaveOut}; 0 if it is not tolerant. */
    public int depth() {
        return 0;
    }

    /**
     * Sets a value aside that turned out not to be as its schema says. The field that holds it comes again as an
     * {@linkplain #UNKNOWN unknown} one. The caller returns null in the value's place.
     *
     * @param depth what {@link #depth()} was before the value
     * @param reason what is wrong
     * @return whether that is possible; otherwise the caller throws the reason
     */
    public boolean setAside(int depth, LexValidationException reason) {
        return false;
    }

    /** Why the value for which null was returned was set aside, or null if none was. */
    public @Nullable LexValidationException reasonOfLast() {
        return null;
    }

    /**
     * Leaves out the current element of an array, and reports it.
     *
     * @param depth what {@link #depth()} was before the array
     * @param problemsBefore how many problems there were before the element; those in it are forgotten
     * @param reason what is wrong, or null if a value in the element, that may not be absent, was set aside
     * @return whether that is possible
     */
    public boolean leaveOut(int depth, long problemsBefore, @Nullable LexValidationException reason) {
        return false;
    }

    /** The map that {@link #enterTyped()} went into gives its {@code $type} as one of its fields all the same. */
    public void keepType() {}

    /**
     * Where the reader stands, from the root {@code $}: {@code $.feed[3].post}. A name that is no identifier is quoted and
     * may be shortened: {@code $["a b"]}. Of a deep path the middle is left out: {@code $.thread.parent…parent.post}.
     */
    public final String path() {
        return path(null);
    }

    /** The path, or that of a field of the map at the path. */
    final String path(@Nullable String field) {
        int steps = steps();
        StringBuilder path = new StringBuilder("$");
        for (int i = 0; i < steps; i++) {
            if (steps > 2 * STEPS_AT_AN_END && i == STEPS_AT_AN_END) {
                path.append('…');
                i = steps - STEPS_AT_AN_END;
            }
            appendStep(i, path);
        }
        return (field == null ? path : appendName(path, field)).toString();
    }

    /** How many maps and arrays the path goes through. */
    abstract int steps();

    /** Appends the name or index of the path's step, if the reader stands at one there. */
    abstract void appendStep(int step, StringBuilder path);

    /** The name of the field that the path's step is, or null if it is none. */
    abstract @Nullable String stepName(int step);

    /** Whether the value before which the reader stands must not be shown: it is a password or token. */
    final boolean isSecret() {
        for (int i = steps() - 1; i >= 0; i--) {
            String name = stepName(i);
            if (name != null) {
                return Secrets.isSecret(name);
            }
        }
        return false;
    }

    /** A failure of the value before which the reader stands, or which it has just taken. To be thrown by the caller. */
    public final LexValidationException invalid(String rule, String expected, String found) {
        return isUnseen() ? LexValidationException.UNSEEN : failure(path(), rule, expected, found, false);
    }

    /**
     * Like {@link #invalid}, and shows the string that the reader has just taken.
     *
     * @param measure what of the string is wrong, such as its length, or empty
     */
    public final LexValidationException invalid(String rule, String expected, String measure, String value) {
        if (isUnseen()) {
            return LexValidationException.UNSEEN;
        }
        String separator = measure.isEmpty() ? "" : ": ";
        String shown = isSecret() ? Secrets.REDACTED : Excerpt.quote(value);
        return failure(path(), rule, expected, measure + separator + shown, false);
    }

    /** A required field that was not there when the map ended. To be thrown by the caller. */
    public LexValidationException missing(String name) {
        return isUnseen()
                ? LexValidationException.UNSEEN
                : failure(path(name), "required", "a value", "nothing", false);
    }

    /** Whether a failure will be caught, and not be shown to anyone. */
    boolean isUnseen() {
        return false;
    }

    /** Like {@link #invalid}, of a value that breaks the data model. */
    final LexValidationException malformed(String expected, String found) {
        return isUnseen() ? LexValidationException.UNSEEN : failure(path(), "type", expected, found, true);
    }

    /** A map that the reader has taken, and that is no blob reference. */
    final LexValidationException malformedBlob() {
        return malformed("blob", "object that is no blob reference");
    }

    /** A failure, which may be worth less than others. */
    LexValidationException failure(String path, String rule, String expected, String found, boolean ofDataModel) {
        return new LexValidationException(path, rule, expected, found, ofDataModel, false);
    }

    final LexValidationException unexpected(Kind expected) {
        if (isUnseen()) {
            return LexValidationException.UNSEEN;
        }
        return failure(path(), "type", expected.toString(), isSecret() ? Secrets.REDACTED : shownAnywhere(), false);
    }

    /** As {@link #shown()}, but not of a whole document that is one string: it may be a token. */
    private String shownAnywhere() {
        return steps() == 0 && kind() == Kind.STRING ? Kind.STRING.toString() : shown();
    }

    /** The value before which the reader stands, for a message: itself if it is short, or its kind. It is not taken. */
    abstract String shown();

    static String shown(LexValue value) {
        if (value instanceof LexString text) {
            return Excerpt.quote(text.value());
        } else if (!(value instanceof LexInteger || value instanceof LexFloat || value instanceof LexBoolean)) {
            return value.kind().toString();
        }
        String text = value.toString();
        return Excerpt.head(text, MAX_NAME_IN_PATH);
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
            } else if (c != ' ' && Excerpt.isInvisible(c)) {
                Excerpt.appendEscape(c, path);
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
