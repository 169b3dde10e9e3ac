package dev.atlex.data;

import dev.atlex.data.internal.Excerpt;
import dev.atlex.data.internal.RoomyStack;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads one value in the data model as a stream. A reader is positioned before a value. Each {@code read…} method
 * consumes that value; {@link #beginMap()} and {@link #beginArray()} enter it.
 *
 * <p>There are three implementations, for JSON, DAG-CBOR and trees, so one codec serves all of them. If the value isn't
 * of the requested kind, a reader throws a {@link LexValidationException} with its path.
 */
public abstract class LexReader {
    /** The result of {@link #nextField} at the end of the map. */
    public static final int END = -1;

    /** The result of {@link #nextField} for a field whose name isn't among the given ones. */
    public static final int UNKNOWN = -2;

    /** The maximum absolute value of integers that JSON represents without loss. */
    public static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

    private static final int MAX_NAME_IN_PATH = 64;

    /** The number of steps shown at each end of a path that is longer than twice this. */
    private static final int STEPS_AT_AN_END = 10;

    private final ReadOptions options;

    LexReader(ReadOptions options) {
        this.options = options;
    }

    /**
     * Reads a complete JSON document.
     *
     * <p>The body may be called a second time, from the start of the document. This happens if the document is deeply
     * nested, or if it contains invalid values that the options allow to be set aside or left out.
     *
     * @param body reads exactly one value
     * @throws LexDataException if the bytes aren't a single JSON document in the data model
     * @throws LexValidationException if the value violates its schema
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
     * Reads a complete DAG-CBOR document.
     *
     * <p>Strict reading requires the canonical form. Lenient reading also accepts floats, keys in any order,
     * {@code undefined} (as null) and invalid UTF-8 (replaced by U+FFFD). As with {@link #readJson}, the body may be
     * called twice.
     *
     * @param body reads exactly one value
     * @throws LexDataException if the bytes aren't a single DAG-CBOR document in the data model
     * @throws LexValidationException if the value violates its schema
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
     * Reads a tree as if it were being parsed: in strict mode, {@link #readValue()} rejects violations of the data
     * model. As with {@link #readJson}, the body may be called twice.
     *
     * @throws LexDataException if the tree contains values that the options don't allow
     * @throws LexValidationException if the value violates its schema
     */
    public static <T> T readValue(LexValue value, ReadOptions options, Function<? super LexReader, ? extends T> body) {
        return RoomyStack.run(maxDepth -> tolerantly(value, options, maxDepth, body));
    }

    /**
     * Reads the document again, this time from a tree. There, raw values can be set aside, and a failure doesn't cause
     * values to be read yet again. So reading stays linear, no matter how many values are invalid.
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

    /** Returns the options of this reader. */
    public final ReadOptions options() {
        return options;
    }

    /** Returns whether to check the constraints in the schema. */
    public final boolean validating() {
        return options.validate();
    }

    /** Returns whether violations of the data model are rejected. */
    public final boolean strict() {
        return options.strict();
    }

    /**
     * Returns the kind of the current value. In JSON, links, bytes and blobs look like maps until they are read, and
     * integers with a decimal point or an exponent look like floats.
     */
    public abstract Kind kind();

    /** Returns whether the current value is null, without consuming it. */
    public boolean isNull() {
        return kind() == Kind.NULL;
    }

    /** Enters a map. Call {@link #nextField} until it returns {@link #END}. */
    public abstract void beginMap();

    /**
     * Advances to the value of the map's next field.
     *
     * @return the position of its name, {@link #UNKNOWN}, or {@link #END} after leaving the map
     */
    public abstract int nextField(FieldNames names);

    /** Returns the name of the current field. */
    public abstract String fieldName();

    /**
     * Enters a map and reads its {@code $type} first, wherever it is in the map.
     *
     * @return the reader to continue with, often this one. Its {@link #enteredType()} returns the type, and its
     *     {@link #nextField} visits the other fields. After {@link #END}, this reader is positioned after the map
     */
    public abstract LexReader enterTyped();

    /** Returns the {@code $type} that {@link #enterTyped()} found, or null if it was absent or not a string. */
    public abstract @Nullable String enteredType();

    /** Returns whether there was a {@code $type} that isn't a string, which a tolerant reader accepts. */
    public boolean hasOddType() {
        return false;
    }

    /** Enters an array. Call {@link #nextElement} until it returns false. */
    public abstract void beginArray();

    /**
     * Advances to the array's next element.
     *
     * @return false after leaving the array
     */
    public abstract boolean nextElement();

    /**
     * Reads a string.
     *
     * @throws LexValidationException if the value is of a different kind
     */
    public abstract String readString();

    /**
     * Reads a 64-bit integer.
     *
     * @throws LexValidationException if the value is of a different kind
     */
    public abstract long readInteger();

    /**
     * Reads a boolean.
     *
     * @throws LexValidationException if the value is of a different kind
     */
    public abstract boolean readBoolean();

    /**
     * Reads a null.
     *
     * @throws LexValidationException if the value is of a different kind
     */
    public abstract void readNull();

    /**
     * Reads bytes.
     *
     * @throws LexValidationException if the value is of a different kind
     */
    public abstract Bytes readBytes();

    /**
     * Reads a link.
     *
     * @throws LexValidationException if the value is of a different kind
     */
    public abstract Cid readLink();

    /** Reads the current value, regardless of its kind. */
    public abstract LexValue readValue();

    /** Reads a map with any content. */
    public LexMap readMap() {
        if (kind() != Kind.MAP) {
            throw unexpected(Kind.MAP);
        }
        LexValue value = readValue();
        if (value instanceof LexMap map) {
            return map;
        }
        throw invalid("type", Kind.MAP.withArticle(), shown(value));
    }

    /**
     * Returns whether a value that violates its schema can be set aside or left out of its array instead of failing the
     * whole read. See {@link #setAside} and {@link #leaveOut}.
     */
    public boolean tolerant() {
        return false;
    }

    /**
     * Returns the number of maps and arrays the reader is in, for {@link #setAside} and {@link #leaveOut}; 0 if the
     * reader isn't tolerant.
     */
    public int depth() {
        return 0;
    }

    /**
     * Sets aside a value that violates its schema. The field that contains it is reported again as an
     * {@linkplain #UNKNOWN unknown} one. The caller returns null instead of the value.
     *
     * @param depth the {@link #depth()} before the value
     * @param reason the failure that the value caused
     * @return whether the value was set aside; otherwise the caller must throw the reason
     */
    public boolean setAside(int depth, LexValidationException reason) {
        return false;
    }

    /** Returns why the last value was set aside, or null if none was. */
    public @Nullable LexValidationException reasonOfLast() {
        return null;
    }

    /**
     * Leaves out the current element of an array and reports it as a problem.
     *
     * @param depth the {@link #depth()} before the array
     * @param problemsBefore the number of problems before the element; later ones are discarded
     * @param reason the failure that the element caused, or null if a required value in the element was set aside
     * @return whether the element was left out
     */
    public boolean leaveOut(int depth, long problemsBefore, @Nullable LexValidationException reason) {
        return false;
    }

    /** Makes the map that {@link #enterTyped()} entered report {@code $type} as one of its fields. */
    public void keepType() {}

    /**
     * Returns the path of the current value from the root {@code $}, such as {@code $.feed[3].post}. Names that aren't
     * identifiers are quoted and may be shortened: {@code $["a b"]}. The middle of a deep path is omitted:
     * {@code $.thread.parent…parent.post}.
     */
    public final String path() {
        return path(null);
    }

    /** Returns the path of the current value or, if a field is given, of that field of the current map. */
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

    /** Returns the number of maps and arrays in the path. */
    abstract int steps();

    /** Appends the name or index of a step of the path, if there is one. */
    abstract void appendStep(int step, StringBuilder path);

    /** Returns the field name of a step of the path, or null for an array index. */
    abstract @Nullable String stepName(int step);

    /** Returns whether the current value is a password or token, which messages must not show. */
    final boolean isSecret() {
        for (int i = steps() - 1; i >= 0; i--) {
            String name = stepName(i);
            if (name != null) {
                return Secrets.isSecret(name);
            }
        }
        return false;
    }

    /**
     * Creates an exception about the current or last value, for the caller to throw.
     */
    public final LexValidationException invalid(String rule, String expected, String found) {
        return isUnseen() ? LexValidationException.UNSEEN : failure(path(), rule, expected, found, false);
    }

    /**
     * Like {@link #invalid}, but also shows the string that was just read.
     *
     * @param measure the invalid property of the string, such as its length, or empty
     */
    public final LexValidationException invalid(String rule, String expected, String measure, String value) {
        if (isUnseen()) {
            return LexValidationException.UNSEEN;
        }
        String separator = measure.isEmpty() ? "" : ": ";
        String shown = isSecret() ? Secrets.REDACTED : Excerpt.quote(value);
        return failure(path(), rule, expected, measure + separator + shown, false);
    }

    /** Creates an exception about a missing required field, for the caller to throw. */
    public LexValidationException missing(String name) {
        return isUnseen()
                ? LexValidationException.UNSEEN
                : failure(path(name), "required", "a value", "nothing", false);
    }

    /** Returns whether a failure will be caught and not reported, so that its message isn't needed. */
    boolean isUnseen() {
        return false;
    }

    /** Like {@link #invalid}, for a value that violates the data model. */
    final LexValidationException malformed(String expected, String found) {
        return isUnseen() ? LexValidationException.UNSEEN : failure(path(), "type", expected, found, true);
    }

    /** Creates an exception about a map that was just read and isn't a blob reference. */
    final LexValidationException malformedBlob() {
        return malformed("a blob", "object that isn't a blob reference");
    }

    /** Creates an exception. Subclasses may omit its stack trace. */
    LexValidationException failure(String path, String rule, String expected, String found, boolean ofDataModel) {
        return new LexValidationException(path, rule, expected, found, ofDataModel, false);
    }

    final LexValidationException unexpected(Kind expected) {
        if (isUnseen()) {
            return LexValidationException.UNSEEN;
        }
        return failure(path(), "type", expected.withArticle(), isSecret() ? Secrets.REDACTED : shownAnywhere(), false);
    }

    /** Like {@link #shown()}, but hides a document that consists of a single string, which may be a token. */
    private String shownAnywhere() {
        return steps() == 0 && kind() == Kind.STRING ? Kind.STRING.toString() : shown();
    }

    /** Returns the current value for a message, or its kind if it is long, without consuming it. */
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
