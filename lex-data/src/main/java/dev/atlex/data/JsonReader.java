package dev.atlex.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.JsonTokenId;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/** {@link LexReader} of JSON text, on jackson-core's tokens. */
final class JsonReader extends LexReader {
    private static final JsonFactory DEFAULT = Utf8JsonParser.Factory.of(ReadOptions.DEFAULT_MAX_DEPTH);
    private static final FieldNames TYPE = FieldNames.of("$type");

    private final JsonParser parser;
    private @Nullable String enteredType;

    /** Leniently: that the map is a link or bytes unless it has a second field. */
    private boolean perhapsSpecial;

    private JsonReader(JsonParser parser, ReadOptions options) {
        super(options);
        this.parser = parser;
    }

    static <T> T read(byte[] json, ReadOptions options, Function<? super LexReader, ? extends T> body) {
        if (isUtf16Or32(json)) {
            throw new LexDataException("$", "JSON that is not in UTF-8");
        }
        JsonFactory factory = options.maxDepth() == ReadOptions.DEFAULT_MAX_DEPTH
                ? DEFAULT
                : Utf8JsonParser.Factory.of(options.maxDepth());
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), json, 0, json.length)) {
            JsonReader reader = new JsonReader(parser, options);
            try {
                if (parser.nextToken() == null) {
                    throw new LexDataException("$", "empty JSON document");
                }
                T result = body.apply(reader);
                if (parser.nextToken() != null) {
                    throw new LexDataException("$", "more than one JSON value");
                }
                return result;
            } catch (JacksonException e) {
                throw reader.malformed(e);
            }
        }
    }

    /**
     * Whether Jackson would guess so. JSON on the network is in UTF-8, and none that is begins like this.
     */
    private static boolean isUtf16Or32(byte[] json) {
        return json.length > 1
                && (json[0] == 0
                        || json[1] == 0
                        || json[0] == (byte) 0xfe && json[1] == (byte) 0xff
                        || json[0] == (byte) 0xff && json[1] == (byte) 0xfe);
    }

    /** Jackson's own message can quote the input, which may hold a token: it is not passed on. */
    private LexDataException malformed(JacksonException e) {
        TokenStreamLocation location = e.getLocation();
        String where =
                location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
        String reason;
        if (e instanceof StreamConstraintsException) {
            reason = "JSON over the limits: nested deeper than " + options().maxDepth()
                    + ", a number or name too long, or names made to collide";
        } else if (e instanceof UnexpectedEndOfInputException) {
            reason = "JSON that ends too early";
        } else {
            reason = "malformed JSON";
        }
        return new LexDataException(path(), reason + where);
    }

    @Override
    public Kind kind() {
        return switch (parser.currentTokenId()) {
            case JsonTokenId.ID_START_OBJECT -> Kind.MAP;
            case JsonTokenId.ID_START_ARRAY -> Kind.ARRAY;
            case JsonTokenId.ID_STRING -> Kind.STRING;
            case JsonTokenId.ID_NUMBER_INT -> Kind.INTEGER;
            case JsonTokenId.ID_NUMBER_FLOAT -> Kind.FLOAT;
            case JsonTokenId.ID_TRUE, JsonTokenId.ID_FALSE -> Kind.BOOLEAN;
            case JsonTokenId.ID_NULL -> Kind.NULL;
            default -> throw new IllegalStateException("the reader stands before no value");
        };
    }

    @Override
    public boolean isNull() {
        return parser.currentTokenId() == JsonTokenId.ID_NULL;
    }

    @Override
    public void beginMap() {
        if (parser.currentTokenId() != JsonTokenId.ID_START_OBJECT) {
            throw unexpected(Kind.MAP);
        }
    }

    @Override
    public int nextField(FieldNames names) {
        int position = parser.nextNameMatch(names.matcher());
        if (perhapsSpecial) {
            refuseIfSpecial(position);
        }
        if (position == END) {
            return END;
        }
        if (position == UNKNOWN && names != FieldNames.NONE && strict()) {
            refuseSpecial(parser.currentName());
        }
        parser.nextToken();
        if (position == UNKNOWN && names != FieldNames.NONE && !strict()) {
            noteSpecial(parser.currentName());
        }
        return position;
    }

    /** Leniently, a map with such a field is a link or bytes only if it is well-formed and has no other. */
    private void noteSpecial(String name) {
        if (parser.currentTokenId() == JsonTokenId.ID_STRING
                && (name.equals("$link") && Cid.isValidLink(parser.getString())
                        || name.equals("$bytes") && Bytes.tryFromBase64(parser.getString()) != null)
                && parser.streamReadContext().getCurrentIndex() == 0) {
            perhapsSpecial = true;
        }
    }

    private void refuseIfSpecial(int position) {
        perhapsSpecial = false;
        if (position == END) {
            throw invalid("type", Kind.MAP.toString(), "link or bytes");
        }
    }

    /** A link or bytes are no object with a field, though JSON writes them so. */
    private void refuseSpecial(String name) {
        if (name.equals("$link") || name.equals("$bytes")) {
            String path = path();
            throw new LexValidationException(
                    path.substring(0, path.length() - 1 - name.length()),
                    "type",
                    Kind.MAP.toString(),
                    (name.equals("$link") ? Kind.LINK : Kind.BYTES).toString());
        }
    }

    @Override
    public String fieldName() {
        return parser.currentName();
    }

    @Override
    public LexReader enterTyped() {
        beginMap();
        int first = nextField(TYPE);
        if (first == 0 && parser.currentTokenId() == JsonTokenId.ID_STRING) {
            String type = parser.getString();
            if (!strict() || !type.isEmpty() && !type.equals(BlobRef.TYPE)) {
                enteredType = type;
                return this;
            }
        }
        LexValue value = DataModel.special(readFields(first), this);
        if (value instanceof LexMap map) {
            return new TreeReader(map, options(), this).enterTyped();
        }
        throw invalid("type", Kind.MAP.toString(), value.kind().toString());
    }

    @Override
    public @Nullable String enteredType() {
        return enteredType;
    }

    @Override
    public void beginArray() {
        if (parser.currentTokenId() != JsonTokenId.ID_START_ARRAY) {
            throw unexpected(Kind.ARRAY);
        }
    }

    @Override
    public boolean nextElement() {
        return parser.nextToken() != JsonToken.END_ARRAY;
    }

    @Override
    public String readString() {
        if (parser.currentTokenId() != JsonTokenId.ID_STRING) {
            throw unexpected(Kind.STRING);
        }
        return parser.getString();
    }

    @Override
    public long readInteger() {
        if (parser.currentTokenId() == JsonTokenId.ID_NUMBER_INT && isLong()) {
            return safe(parser.getLongValue());
        }
        LexValue number = numberOrNull();
        if (number == null) {
            throw unexpected(Kind.INTEGER);
        }
        if (number instanceof LexInteger integer) {
            return integer.value();
        }
        throw invalid("type", "integer", "number that is no integer or too large");
    }

    private boolean isLong() {
        return parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    }

    private long safe(long value) {
        if (strict() && (value > MAX_SAFE_INTEGER || value < -MAX_SAFE_INTEGER)) {
            throw invalid("type", "integer of at most 53 bits", "larger integer");
        }
        return value;
    }

    @Override
    public boolean readBoolean() {
        return switch (parser.currentTokenId()) {
            case JsonTokenId.ID_TRUE -> true;
            case JsonTokenId.ID_FALSE -> false;
            default -> throw unexpected(Kind.BOOLEAN);
        };
    }

    @Override
    public void readNull() {
        if (!isNull()) {
            throw unexpected(Kind.NULL);
        }
    }

    @Override
    public Bytes readBytes() {
        if (parser.currentTokenId() == JsonTokenId.ID_START_OBJECT) {
            LexValue value = readValue();
            if (value instanceof Bytes bytes) {
                return bytes;
            }
            throw invalid("type", Kind.BYTES.toString(), value.kind().toString());
        }
        throw unexpected(Kind.BYTES);
    }

    @Override
    public Cid readLink() {
        if (parser.currentTokenId() == JsonTokenId.ID_START_OBJECT) {
            LexValue value = readValue();
            if (value instanceof Cid link) {
                return link;
            }
            throw invalid("type", Kind.LINK.toString(), value.kind().toString());
        }
        throw unexpected(Kind.LINK);
    }

    @Override
    public LexValue readValue() {
        switch (parser.currentTokenId()) {
            case JsonTokenId.ID_START_OBJECT:
                LexMap map = readFields(nextField(FieldNames.NONE));
                return DataModel.special(map, this);
            case JsonTokenId.ID_START_ARRAY:
                List<LexValue> values = new ArrayList<>();
                while (nextElement()) {
                    values.add(readValue());
                }
                return LexArray.wrap(values.toArray(new LexValue[0]));
            case JsonTokenId.ID_STRING:
                return new LexString(parser.getString());
            case JsonTokenId.ID_NUMBER_INT, JsonTokenId.ID_NUMBER_FLOAT:
                LexValue number = numberOrNull();
                if (number == null || strict() && number instanceof LexFloat) {
                    throw new LexDataException(path(), "a number that is no integer of at most 53 bits");
                }
                return number;
            case JsonTokenId.ID_TRUE:
                return LexBoolean.TRUE;
            case JsonTokenId.ID_FALSE:
                return LexBoolean.FALSE;
            case JsonTokenId.ID_NULL:
                return LexNull.NULL;
            default:
                throw new IllegalStateException("the reader stands before no value");
        }
    }

    /**
     * The number as JavaScript would have it, which is what the network's other readers see: {@code 1.0} and {@code 1e3}
     * are integers. Null where the token is no number.
     */
    private @Nullable LexValue numberOrNull() {
        if (parser.currentTokenId() == JsonTokenId.ID_NUMBER_INT && isLong()) {
            long value = parser.getLongValue();
            if (value <= MAX_SAFE_INTEGER && value >= -MAX_SAFE_INTEGER || !strict()) {
                return new LexInteger(value);
            }
            return new LexFloat(value);
        }
        if (parser.currentTokenId() != JsonTokenId.ID_NUMBER_INT
                && parser.currentTokenId() != JsonTokenId.ID_NUMBER_FLOAT) {
            return null;
        }
        double value = parser.getDoubleValue();
        if (Double.isInfinite(value)) {
            throw new LexDataException(path(), "a number too large for 64 bits of floating point");
        }
        return DataModel.number(value);
    }

    /** The fields of the map that the reader is in, the first of them already gone to. */
    private LexMap readFields(int first) {
        Object[] entries = new Object[16];
        int used = 0;
        for (int field = first; field != END; field = nextField(FieldNames.NONE)) {
            String name = parser.currentName();
            if (used == entries.length) {
                entries = Arrays.copyOf(entries, 2 * used);
            }
            LexValue value = readValue();
            entries[used++] = name;
            entries[used++] = value;
        }
        return LexMap.ofParsed(entries, used);
    }

    @Override
    void appendPath(StringBuilder path) {
        path.append('$');
        List<TokenStreamContext> contexts = new ArrayList<>();
        for (TokenStreamContext c = parser.streamReadContext(); c != null && !c.inRoot(); c = c.getParent()) {
            contexts.add(c);
        }
        Collections.reverse(contexts);
        for (TokenStreamContext context : contexts) {
            if (context.inObject() && context.hasCurrentName()) {
                appendName(path, context.currentName());
            } else if (context.inArray() && context.hasCurrentIndex()) {
                appendIndex(path, context.getCurrentIndex());
            }
        }
    }
}
