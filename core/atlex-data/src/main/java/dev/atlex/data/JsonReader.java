package dev.atlex.data;

import dev.atlex.data.NameTable.Known;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A {@link LexReader} of JSON that reads directly from the bytes, in one pass.
 *
 * <p>The class has three layers: {@link JsonInput} scans strings, numbers and words, {@link JsonStructure} tracks the
 * position in nested maps and arrays, and this class adds the data model. The layers are superclasses, because
 * accessing fields through another object is measurably slower.
 *
 * <p><b>State.</b> {@code pos} is the index of the next byte to read. Between calls the reader is before a value, or,
 * while in a map or array, after one. The stack in {@link JsonStructure} has one entry for each open container, so its
 * depth is the nesting depth. Nothing is read ahead, except that {@link #enterTyped} searches for {@code $type} and, if
 * it isn't the first field, reads the map into a tree.
 *
 * <p><b>Invariants.</b> Whatever the input, every byte is read a bounded number of times: a map that has to be searched
 * for its type becomes a tree, and the fields in it are never searched again. Nothing is allocated in proportion to a
 * length that the input merely claims. Messages quote only values of fields that aren't secret, because the input may
 * contain a token.
 *
 * <p><b>Why not a library.</b> The whole input is in memory, and the same services send the same fields in the same
 * order. Strings are scanned eight bytes at a time ({@link Swar}), names are compared in place with the name that
 * followed last time ({@link FieldNames}, {@link NameTable}), and common strings are reused. See decision 0008.
 *
 * <p>In JSON, a link or byte string looks like a map with one field, so only the first field shows whether a map really
 * is a map. {@link #readValue} converts links and byte strings when they end; typed reading rejects them if the schema
 * requires an object.
 */
final class JsonReader extends JsonStructure {
    private static final FieldNames TYPE = FieldNames.of("$type");

    private @Nullable String enteredType;

    /** Whether, in lenient mode, the current map is a link or bytes unless a second field follows. */
    private boolean perhapsSpecial;

    /** The alternating names and values read so far in the maps that {@link #readValue} is in. */
    private Object[] entries = new Object[32];

    private int entryCount;

    /** The elements read so far in the arrays that {@link #readValue} is in. */
    private LexValue[] elements = new LexValue[8];

    private int elementCount;

    private JsonReader(byte[] json, ReadOptions options, int maxDepth) {
        super(json, options, maxDepth);
    }

    static <T> T read(byte[] json, ReadOptions options, int maxDepth, Function<? super LexReader, ? extends T> body) {
        JsonReader reader = new JsonReader(json, options, maxDepth);
        if (!reader.skipSpace()) {
            throw new LexDataException("$", "empty JSON document");
        }
        T result = body.apply(reader);
        if (!reader.isAtRoot()) {
            throw new IllegalStateException("the value was not read completely");
        }
        if (reader.skipSpace()) {
            throw reader.failed("more than one JSON value");
        }
        return result;
    }

    @Override
    public Kind kind() {
        int start = pos;
        Kind kind = switch (peek()) {
            case '{' -> Kind.MAP;
            case '[' -> Kind.ARRAY;
            case '"' -> Kind.STRING;
            case 't' -> {
                word("true");
                yield Kind.BOOLEAN;
            }
            case 'f' -> {
                word("false");
                yield Kind.BOOLEAN;
            }
            case 'n' -> {
                word("null");
                yield Kind.NULL;
            }
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
                number();
                yield isInteger ? Kind.INTEGER : Kind.FLOAT;
            }
            default -> throw malformed();
        };
        pos = start;
        return kind;
    }

    @Override
    public boolean isNull() {
        return peek() == 'n' && kind() == Kind.NULL;
    }

    @Override
    public void beginMap() {
        if (peek() != '{') {
            throw unexpected(Kind.MAP);
        }
        enterMap();
    }

    @Override
    public int nextField(FieldNames names) {
        boolean more = toName();
        if (perhapsSpecial) {
            refuseIfSpecial(more);
        }
        if (!more) {
            return END;
        }
        int position = position(names);
        if (position >= 0) {
            boolean setAside = in[pos] == 'n' && !strict() && names.setsNullAside(position);
            return setAside ? UNKNOWN : position;
        }
        return mayBeSpecial() ? unknown() : UNKNOWN;
    }

    /**
     * Handles a field that the type doesn't define. {@code $link} and {@code $bytes} mean that the map isn't an object.
     */
    private int unknown() {
        String name = fieldName();
        if (name.equals("$type") && isTyped() && !strict()) {
            throw invalid("type", "one $type", "another"); // when reading from a tree, the last one wins
        }
        if (name.equals("$link") || name.equals("$bytes")) {
            if (strict()) {
                throw notAMap(name);
            }
            noteSpecial(name);
        }
        return UNKNOWN;
    }

    /** Creates an exception about a link or bytes in place of an object. */
    private LexValidationException notAMap(String name) {
        leave();
        Kind kind = name.equals("$link") ? Kind.LINK : Kind.BYTES;
        return invalid("type", Kind.MAP.withArticle(), kind.toString());
    }

    /**
     * In lenient mode, a map with such a field is a link or bytes only if the field is well-formed and the only one.
     */
    private void noteSpecial(String name) {
        int value = pos;
        if (peek() == '"' && isFirstField()) {
            String text = string();
            perhapsSpecial = name.equals("$link") ? Cid.isValidLink(text) : Bytes.tryFromBase64(text) != null;
        }
        pos = value;
    }

    private void refuseIfSpecial(boolean more) {
        perhapsSpecial = false;
        if (!more) {
            throw invalid("type", Kind.MAP.withArticle(), "link or bytes");
        }
    }

    @Override
    public LexReader enterTyped() {
        beginMap();
        int first = nextField(TYPE);
        if (first == 0 && peek() == '"') {
            int value = pos;
            String type = type();
            if (!strict() || !type.isEmpty() && !type.equals(BlobRef.TYPE)) {
                enteredType = type;
                forgetOrder();
                markTyped();
                return this;
            }
            pos = value;
        }
        forgetName();
        LexValue value = readFields(first != END);
        if (value instanceof LexMap map) {
            return new TreeReader(map, options(), maxDepth(), this).enterTyped();
        }
        throw invalid("type", Kind.MAP.withArticle(), shown(value));
    }

    /** Reads a string that is likely to be in the table of names. */
    private String type() {
        int start = pos + 1;
        int end = Swar.plainEnd(in, start);
        if (end < 0) {
            return stringInParts(start);
        }
        pos = end + 1;
        return plain(start, end);
    }

    @Override
    public @Nullable String enteredType() {
        return enteredType;
    }

    @Override
    public void beginArray() {
        if (peek() != '[') {
            throw unexpected(Kind.ARRAY);
        }
        enterArray();
    }

    @Override
    public String readString() {
        if (peek() != '"') {
            throw unexpected(Kind.STRING);
        }
        return string();
    }

    @Override
    public long readInteger() {
        int start = pos;
        if (!isNumberNext()) {
            throw unexpected(Kind.INTEGER);
        }
        number();
        if (isLong) {
            if (strict() && (integer > MAX_SAFE_INTEGER || integer < -MAX_SAFE_INTEGER)) {
                throw invalid("type", "an integer of at most 53 bits", Long.toString(integer));
            }
            return integer;
        }
        LexValue number = floating(start);
        if (number instanceof LexInteger whole) {
            return whole.value();
        }
        throw invalid("type", Kind.INTEGER.withArticle(), shown(number));
    }

    private boolean isNumberNext() {
        byte next = peek();
        return next == '-' || next >= '0' && next <= '9';
    }

    @Override
    public boolean readBoolean() {
        if (peek() == 't') {
            word("true");
            return true;
        } else if (peek() == 'f') {
            word("false");
            return false;
        }
        throw unexpected(Kind.BOOLEAN);
    }

    @Override
    public void readNull() {
        if (peek() != 'n') {
            throw unexpected(Kind.NULL);
        }
        word("null");
    }

    @Override
    public Bytes readBytes() {
        if (peek() == '{') {
            LexValue value = readValue();
            if (value instanceof Bytes bytes) {
                return bytes;
            }
            throw invalid("type", Kind.BYTES.withArticle(), shown(value));
        }
        throw unexpected(Kind.BYTES);
    }

    @Override
    public Cid readLink() {
        if (peek() == '{') {
            LexValue value = readValue();
            if (value instanceof Cid link) {
                return link;
            }
            throw invalid("type", Kind.LINK.withArticle(), shown(value));
        }
        throw unexpected(Kind.LINK);
    }

    /**
     * This method is kept small, like its counterparts for arrays and maps, because each level of nesting takes a stack
     * frame.
     */
    @Override
    public LexValue readValue() {
        byte next = peek();
        if (next == '{') {
            enterMap();
            Known holder = known();
            return readFields(nextName(holder == null ? null : holder.inside));
        }
        return next == '[' ? readElements() : readScalar(next);
    }

    private LexValue readScalar(byte next) {
        switch (next) {
            case '"':
                return new LexString(string());
            case 't':
                word("true");
                return LexBoolean.TRUE;
            case 'f':
                word("false");
                return LexBoolean.FALSE;
            case 'n':
                word("null");
                return LexNull.NULL;
            default:
                if (isNumberNext()) {
                    return readNumber();
                }
                throw malformed();
        }
    }

    /**
     * Returns the number as JavaScript and most other readers on the network parse it: {@code 1.0} and {@code 1e3} are
     * integers.
     */
    private LexValue readNumber() {
        int start = pos;
        number();
        LexValue number;
        if (!isLong) {
            number = floating(start);
        } else if (integer <= MAX_SAFE_INTEGER && integer >= -MAX_SAFE_INTEGER || !strict()) {
            return LexInteger.of(integer);
        } else {
            number = new LexFloat(integer);
        }
        if (strict() && number instanceof LexFloat) {
            throw new LexDataException(path(), "number is not an integer of at most 53 bits");
        }
        return number;
    }

    private LexValue floating(int start) {
        LexValue number = LexFloat.parse(Text.ascii(in, start, pos));
        if (strict() && number instanceof LexFloat floating && Double.isInfinite(floating.value())) {
            throw new LexDataException(path(), "number exceeds the range of a double");
        }
        return number;
    }

    @Override
    String shown() {
        int start = pos;
        try {
            byte next = peek();
            return next == '{' ? Kind.MAP.toString() : next == '[' ? Kind.ARRAY.toString() : shown(readScalar(next));
        } catch (LexDataException e) {
            pos = start;
            return kind().toString(); // a value that strict reading rejects
        } finally {
            pos = start;
        }
    }

    private LexArray readElements() {
        enterArray();
        int from = elementCount;
        while (nextElement()) {
            LexValue element = readValue();
            if (elementCount == elements.length) {
                elements = Arrays.copyOf(elements, 2 * elementCount);
            }
            elements[elementCount++] = element;
        }
        LexArray array = LexArray.wrap(Arrays.copyOfRange(elements, from, elementCount));
        elementCount = from;
        return array;
    }

    /**
     * Reads the rest of the current map. Returns the map or the value it represents.
     *
     * @param more whether the reader is at a field
     */
    private LexValue readFields(boolean more) {
        int from = entryCount;
        boolean special = false;
        LexValue type = null;
        boolean next = more;
        while (next) {
            Known known = known();
            String name = known != null ? known.text : currentName();
            LexValue value;
            if (!mayBeSpecial()) {
                value = readValue();
            } else if (name.equals("$type")) {
                value = peek() == '"' ? new LexString(type()) : readValue();
                type = value;
            } else {
                special = true;
                value = readValue();
            }
            if (entryCount == entries.length) {
                entries = Arrays.copyOf(entries, 2 * entryCount);
            }
            entries[entryCount] = name;
            entries[entryCount + 1] = value;
            entryCount += 2;
            next = nextName(known != null ? known.after : null);
        }
        LexMap map = LexMap.ofParsed(entries, from, entryCount);
        entryCount = from;
        if (special) {
            return DataModel.special(map, this);
        }
        DataModel.checkType(map, type, this);
        return map;
    }
}
