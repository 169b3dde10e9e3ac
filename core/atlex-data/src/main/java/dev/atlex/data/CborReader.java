package dev.atlex.data;

import dev.atlex.data.internal.RoomyStack;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A {@link LexReader} of DAG-CBOR that reads directly from the bytes, in one pass.
 *
 * <p><b>Accepted input.</b> Strict mode accepts only what {@link CborWriter} writes, so that each value has one
 * encoding and one CID. Lenient mode also accepts what the reference implementation does: floats (as JSON numbers, so
 * {@code 1.0} is an integer), keys in any order, {@code undefined} as null, invalid UTF-8 (replaced by U+FFFD),
 * integers that don't fit in a {@code long}, and links to any CID of version 1. Both modes reject lengths and numbers
 * that aren't in their shortest form, indefinite lengths, tags other than 42, keys that aren't strings, duplicate
 * keys, NaN and infinities.
 *
 * <p><b>State.</b> {@code pos} is the index of the next byte to read. Each open container has a frame, which counts its
 * remaining entries and, in a map, remembers where the current key is, so that the next key can be compared with it.
 * Keys in ascending order can't be duplicates, so strict mode needs no set of keys.
 *
 * <p><b>Invariants.</b> A head may claim billions of entries or bytes. Lengths are checked against the rest of the
 * input before anything is allocated, and arrays grow with the elements actually read, so memory stays linear in the
 * input. Looking ahead for {@code $type} never skips nested maps, so that no byte is skipped once for each level of
 * nesting.
 */
final class CborReader extends CborInput {
    private static final int FALSE = 0xf4;
    private static final int TRUE = 0xf5;
    private static final int NULL = 0xf6;
    private static final int UNDEFINED = 0xf7;
    private static final int TAG_8_BITS = 0xd8;

    /** The number of bytes of a name that a path shows. */
    private static final int NAME_IN_PATH = 400;

    private static final byte[] TYPE = {'$', 't', 'y', 'p', 'e'};

    private int pos;

    /** The containers the reader is in. Frames above {@link #depth} are reused. */
    private Frame[] frames = new Frame[0];

    private int depth;
    private @Nullable String enteredType;

    /** The depth at which no further container may be entered. */
    private final int maxDepth;

    private CborReader(byte[] cbor, ReadOptions options, int maxDepth) {
        super(cbor, options);
        this.maxDepth = Math.min(maxDepth, options.maxDepth());
    }

    /** A map or array the reader is in. */
    private static final class Frame {
        boolean map;

        /** Whether the map's {@code $type} was read already and must be skipped. */
        boolean typeTaken;

        int count;
        int left;

        /** The position of the last known name, counted from 1. */
        int last;

        /** The start of the current key, or -1 before the first key and in arrays. */
        int keyStart;

        int keyEnd;

        /** The current key if it isn't among the requested names. */
        @Nullable
        String key;
    }

    static <T> T read(byte[] cbor, ReadOptions options, int maxDepth, Function<? super LexReader, ? extends T> body) {
        if (cbor.length == 0) {
            throw new LexDataException("$", "empty CBOR document");
        }
        CborReader reader = new CborReader(cbor, options, maxDepth);
        T result = body.apply(reader);
        if (reader.depth > 0) {
            throw new IllegalStateException("the value was not read completely");
        }
        if (reader.pos != cbor.length) {
            throw reader.malformed("more than one CBOR value", reader.pos);
        }
        return result;
    }

    @Override
    public Kind kind() {
        int octet = octet(pos);
        return switch (octet >>> 5) {
            case CborWriter.UNSIGNED, CborWriter.NEGATIVE -> Kind.INTEGER;
            case CborWriter.BYTES -> Kind.BYTES;
            case CborWriter.TEXT -> Kind.STRING;
            case CborWriter.ARRAY -> Kind.ARRAY;
            case CborWriter.MAP -> Kind.MAP;
            case CborWriter.TAG -> {
                if (octet != TAG_8_BITS || octet(pos + 1) != CborWriter.LINK_TAG) {
                    throw malformed("tag other than 42", pos);
                }
                yield Kind.LINK;
            }
            default -> simpleKind(octet);
        };
    }

    private Kind simpleKind(int octet) {
        switch (octet) {
            case FALSE, TRUE:
                return Kind.BOOLEAN;
            case NULL:
                return Kind.NULL;
            case UNDEFINED:
                if (!strict()) {
                    return Kind.NULL;
                }
                break;
            case 0xf9, 0xfa, 0xfb:
                if (strict()) {
                    throw malformed("float not allowed by the data model", pos);
                }
                return Kind.FLOAT;
            default:
        }
        throw malformed("simple value other than true, false and null", pos);
    }

    private void enter(boolean map, int count) {
        if (depth >= maxDepth) {
            if (depth < options().maxDepth()) {
                throw RoomyStack.needed();
            }
            throw malformed("nested deeper than " + options().maxDepth(), pos);
        }
        if (depth == frames.length) {
            frames = Arrays.copyOf(frames, depth + 8);
            for (int i = depth; i < frames.length; i++) {
                frames[i] = new Frame();
            }
        }
        Frame frame = frames[depth++];
        frame.map = map;
        frame.typeTaken = false;
        frame.count = count;
        frame.left = count;
        frame.last = 0;
        frame.keyStart = -1;
        frame.key = null;
    }

    private Frame top(boolean map) {
        Frame frame = depth == 0 ? null : frames[depth - 1];
        if (frame == null || frame.map != map) {
            throw new IllegalStateException(map ? "the reader is not in a map" : "the reader is not in an array");
        }
        return frame;
    }

    @Override
    public void beginMap() {
        if (major(pos) != CborWriter.MAP) {
            throw unexpected(Kind.MAP);
        }
        int start = head(pos);
        enter(true, count(start, 2));
        pos = start;
    }

    @Override
    public int nextField(FieldNames names) {
        Frame frame = top(true);
        int expected = names.inCbor.guess(frame.last);
        if (expected >= 0 && frame.left > 0 && takeKey(frame, names, expected)) {
            return orSetAside(expected, names);
        }
        while (frame.left > 0) {
            nextKey(frame);
            if (frame.typeTaken && Arrays.equals(bytes, frame.keyStart, frame.keyEnd, TYPE, 0, TYPE.length)) {
                pos = skip(pos, true);
                continue;
            }
            int position = names.match(bytes, frame.keyStart, frame.keyEnd);
            if (position == UNKNOWN) {
                frame.key = name(frame.keyStart, frame.keyEnd);
            } else {
                names.inCbor.note(frame.last, position);
                frame.last = position + 1;
                return orSetAside(position, names);
            }
            return UNKNOWN;
        }
        depth--;
        return END;
    }

    private int orSetAside(int position, FieldNames names) {
        return !strict() && octet(pos) >= NULL && isNull() && names.setsNullAside(position) ? UNKNOWN : position;
    }

    /** Skips the next key if it is the expected one and in order. */
    private boolean takeKey(Frame frame, FieldNames names, int expected) {
        EncodedName key = names.cbor(expected);
        if (!key.isAt(bytes, pos) || frame.typeTaken && names.isType(expected)) {
            return false;
        }
        int end = pos + key.length();
        int start = end - names.plain(expected).length();
        if (frame.keyStart >= 0 && compareKeys(bytes, frame.keyStart, frame.keyEnd, bytes, start, end) >= 0) {
            return false;
        }
        frame.left--;
        frame.keyStart = start;
        frame.keyEnd = end;
        frame.key = null;
        frame.last = expected + 1;
        pos = end;
        return true;
    }

    private void nextKey(Frame frame) {
        frame.left--;
        int lastStart = frame.keyStart;
        frame.keyStart = -1;
        frame.key = null;
        if (major(pos) != CborWriter.TEXT) {
            throw malformed("map key is not a string", pos);
        }
        int start = textHead(pos);
        int end = textEnd;
        if (lastStart >= 0) {
            int order = compareKeys(bytes, lastStart, frame.keyEnd, bytes, start, end);
            if (order == 0) {
                throw malformed("duplicate map key", pos);
            }
            if (order > 0 && strict()) {
                throw malformed("map keys out of order", pos);
            }
        }
        frame.keyStart = start;
        frame.keyEnd = end;
        pos = end;
    }

    @Override
    public String fieldName() {
        Frame frame = top(true);
        if (frame.keyStart < 0) {
            throw new IllegalStateException("the reader is not at a field");
        }
        return frame.key != null ? frame.key : name(frame.keyStart, frame.keyEnd);
    }

    @Override
    public LexReader enterTyped() {
        String type = strict() ? findType() : null;
        if (!strict() || BlobRef.TYPE.equals(type)) {
            return new TreeReader(readMap(), options(), maxDepth, this).enterTyped();
        }
        beginMap();
        frames[depth - 1].typeTaken = type != null;
        enteredType = type;
        return this;
    }

    /**
     * Looks ahead for the {@code $type} of the next map. Keys are sorted by length, so it is near the start.
     *
     * <p>Stops at a field that contains a map, because a deeply nested map would otherwise be skipped once for each
     * level. In that case the whole map is read first.
     */
    private @Nullable String findType() {
        if (major(pos) != CborWriter.MAP) {
            throw unexpected(Kind.MAP);
        }
        int at = head(pos);
        for (int left = count(at, 2); left > 0; left--) {
            if (major(at) != CborWriter.TEXT) {
                return null; // the actual read reports the error
            }
            int start = textHead(at);
            int end = textEnd;
            int order = compareKeys(bytes, start, end, TYPE, 0, TYPE.length);
            if (order > 0) {
                return null;
            }
            if (order == 0) {
                return typeAt(end);
            }
            at = skip(end, false);
            if (at < 0) {
                return BlobRef.TYPE;
            }
        }
        return null;
    }

    private String typeAt(int at) {
        int start = major(at) == CborWriter.TEXT ? head(at) : 0;
        int end = start == 0 ? 0 : end(start);
        if (start == end) {
            throw malformed(DataModel.MALFORMED_TYPE, at);
        }
        return name(start, end);
    }

    @Override
    public @Nullable String enteredType() {
        return enteredType;
    }

    @Override
    public void beginArray() {
        if (major(pos) != CborWriter.ARRAY) {
            throw unexpected(Kind.ARRAY);
        }
        int start = head(pos);
        enter(false, count(start, 1));
        pos = start;
    }

    @Override
    public boolean nextElement() {
        Frame frame = top(false);
        if (frame.left == 0) {
            depth--;
            return false;
        }
        frame.left--;
        return true;
    }

    @Override
    public String readString() {
        if (major(pos) != CborWriter.TEXT) {
            throw unexpected(Kind.STRING);
        }
        String text = text(textHead(pos), textEnd);
        pos = textEnd;
        return text;
    }

    @Override
    public long readInteger() {
        int major = major(pos);
        if (major > CborWriter.NEGATIVE) {
            if (kind() == Kind.FLOAT && DataModel.number(floating(pos)) instanceof LexInteger integer) {
                pos += floatSize(pos);
                return integer.value();
            }
            throw unexpected(Kind.INTEGER);
        }
        int end = head(pos);
        if (argument < 0) {
            throw malformed("integer does not fit in 64 bits", pos);
        }
        pos = end;
        return major == CborWriter.UNSIGNED ? argument : ~argument;
    }

    @Override
    public boolean readBoolean() {
        int octet = octet(pos);
        if (octet != FALSE && octet != TRUE) {
            throw unexpected(Kind.BOOLEAN);
        }
        pos++;
        return octet == TRUE;
    }

    @Override
    public void readNull() {
        if (!isNull()) {
            throw unexpected(Kind.NULL);
        }
        pos++;
    }

    @Override
    public Bytes readBytes() {
        if (major(pos) != CborWriter.BYTES) {
            throw unexpected(Kind.BYTES);
        }
        int start = head(pos);
        int end = end(start);
        pos = end;
        return Bytes.wrap(Arrays.copyOfRange(bytes, start, end));
    }

    @Override
    public Cid readLink() {
        if (kind() != Kind.LINK) {
            throw unexpected(Kind.LINK);
        }
        int at = pos + 2;
        int start = major(at) == CborWriter.BYTES ? head(at) : 0;
        int end = start == 0 ? 0 : end(start);
        if (start == end || bytes[start] != 0) {
            throw malformed("invalid link: expected a byte string that begins with zero", at);
        }
        Cid link = Cid.ofLink(bytes, start + 1, end);
        if (link == null) {
            link = unusualLink(start + 1, end, at);
        }
        pos = end;
        return link;
    }

    private Cid unusualLink(int start, int end, int at) {
        try {
            Cid link = Cid.ofBytes(Arrays.copyOfRange(bytes, start, end));
            if (!strict()) {
                return link;
            }
        } catch (InvalidSyntaxException e) {
            throw malformed("invalid link: not a CID", at);
        }
        throw malformed("invalid link: expected a CID of DAG-CBOR or raw data", at);
    }

    /**
     * This method is kept small, like its counterparts for arrays and maps, because each level of nesting takes a stack
     * frame.
     */
    @Override
    public LexValue readValue() {
        return switch (major(pos)) {
            case CborWriter.ARRAY -> readElements();
            case CborWriter.MAP -> readFields();
            case CborWriter.TEXT -> new LexString(readString());
            default -> readScalar();
        };
    }

    private LexValue readScalar() {
        return switch (kind()) {
            case NULL -> {
                pos++;
                yield LexNull.NULL;
            }
            case BOOLEAN -> LexBoolean.of(readBoolean());
            case INTEGER -> readIntegerOrLarger();
            case FLOAT -> {
                LexValue number = DataModel.number(floating(pos));
                pos += floatSize(pos);
                yield number;
            }
            case BYTES -> readBytes();
            case LINK -> readLink();
            case STRING, ARRAY, MAP -> throw new IllegalStateException("not a scalar");
        };
    }

    /** In lenient mode, keeps an integer that doesn't fit in 64 bits, as in JSON. */
    private LexValue readIntegerOrLarger() {
        int end = head(pos);
        if (argument >= 0 || strict()) {
            return LexInteger.of(readInteger());
        }
        String digits = major(pos) == CborWriter.UNSIGNED
                ? Long.toUnsignedString(argument)
                : new BigInteger(Long.toUnsignedString(argument)).not().toString();
        pos = end;
        return LexFloat.large(digits);
    }

    /**
     * Memory must grow with the elements read and not with the claimed length, because the claims of nested arrays
     * would multiply.
     */
    private LexArray readElements() {
        beginArray();
        LexValue[] values = new LexValue[Math.min(top(false).count, 16)];
        int used = 0;
        while (nextElement()) {
            if (used == values.length) {
                values = Arrays.copyOf(values, 2 * used);
            }
            values[used++] = readValue();
        }
        return LexArray.wrap(used == values.length ? values : Arrays.copyOf(values, used));
    }

    private LexMap readFields() {
        int from = pos;
        beginMap();
        Frame frame = top(true);
        int count = frame.count;
        Object[] entries = new Object[2 * Math.min(count, 8)];
        int used = 0;
        LexValue type = null;
        while (frame.left > 0) {
            nextKey(frame);
            String name = name(frame.keyStart, frame.keyEnd);
            LexValue value = readValue();
            if (name.length() == TYPE.length && name.equals("$type")) {
                type = value;
            }
            if (used == entries.length) {
                entries = Arrays.copyOf(entries, 2 * used);
            }
            entries[used] = name;
            entries[used + 1] = value;
            used += 2;
        }
        depth--;
        LexMap map;
        if (strict()) {
            // The order of the keys was checked, so there are no duplicates.
            map = LexMap.wrap(used == entries.length ? entries : Arrays.copyOf(entries, used));
        } else {
            map = LexMap.ofParsed(entries, 0, used);
            if (map.size() != count) {
                throw malformed("duplicate map key", from);
            }
        }
        DataModel.checkType(map, type, this);
        return map;
    }

    @Override
    int steps() {
        return depth;
    }

    @Override
    void appendStep(int step, StringBuilder path) {
        Frame frame = frames[step];
        String name = stepName(step);
        if (name != null) {
            appendName(path, name);
        } else if (!frame.map) {
            appendIndex(path, frame.count - frame.left - 1);
        }
    }

    @Override
    @Nullable
    String stepName(int step) {
        Frame frame = frames[step];
        if (!frame.map || frame.keyStart < 0) {
            return null;
        }
        int end = Math.min(frame.keyEnd, frame.keyStart + NAME_IN_PATH);
        return Text.decode(bytes, frame.keyStart, end);
    }

    @Override
    String shown() {
        int start = pos;
        Kind kind = kind();
        if (kind == Kind.MAP || kind == Kind.ARRAY || kind == Kind.BYTES || kind == Kind.LINK) {
            return kind.toString();
        }
        try {
            return shown(kind == Kind.STRING ? new LexString(readString()) : readScalar());
        } catch (LexDataException e) {
            return kind.toString();
        } finally {
            pos = start;
        }
    }
}
