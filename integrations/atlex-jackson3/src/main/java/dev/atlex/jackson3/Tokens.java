package dev.atlex.jackson3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.Bytes;
import dev.atlex.data.Cid;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexBoolean;
import dev.atlex.data.LexInteger;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.exc.MismatchedInputException;

/** Converts between Jackson's tokens and Atlex's values. */
final class Tokens {
    /** A factory that doesn't limit nesting, because the parser that produces the tokens already does. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .build();

    private Tokens() {}

    /** Writes a value as the protocol's JSON. The generator limits the depth. */
    static void write(LexValue value, JsonGenerator out) {
        if (value instanceof LexMap map) {
            out.writeStartObject();
            for (Map.Entry<String, LexValue> field : map.entrySet()) {
                out.writeName(field.getKey());
                write(field.getValue(), out);
            }
            out.writeEndObject();
        } else if (value instanceof LexArray array) {
            out.writeStartArray();
            for (LexValue element : array) {
                write(element, out);
            }
            out.writeEndArray();
        } else if (value instanceof LexString string) {
            out.writeString(string.value());
        } else if (value instanceof LexInteger integer) {
            out.writeNumber(integer.value());
        } else if (value instanceof LexBoolean bool) {
            out.writeBoolean(bool.value());
        } else if (value instanceof Cid link) {
            writeSingle("$link", link.toString(), out);
        } else if (value instanceof Bytes bytes) {
            writeSingle("$bytes", bytes.toBase64(), out);
        } else {
            // The value is null or a float. A float keeps its original text.
            String text = value.toJson();
            if (text.equals("null")) {
                out.writeNull();
            } else {
                out.writeNumber(text);
            }
        }
    }

    private static void writeSingle(String name, String text, JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty(name, text);
        out.writeEndObject();
    }

    /**
     * Returns the value at the parser's current token as JSON, and leaves the parser at the last token of the value.
     * Numbers keep their original text. Atlex's own reader then parses the JSON, so error messages, paths and limits
     * are the same as everywhere else.
     */
    static byte[] read(JsonParser in, Class<?> type) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), json)) {
            int open = 0;
            JsonToken token = in.currentToken();
            while (true) {
                if (token == null) {
                    throw MismatchedInputException.from(in, type, "Expected a JSON value (got the end of the input)");
                }
                open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                copy(token, in, out, type);
                if (open == 0 && token != JsonToken.PROPERTY_NAME) {
                    break;
                }
                token = in.nextToken();
            }
        }
        return json.toByteArray();
    }

    private static void copy(JsonToken token, JsonParser in, JsonGenerator out, Class<?> type) {
        switch (token) {
            case START_OBJECT -> out.writeStartObject();
            case END_OBJECT -> out.writeEndObject();
            case START_ARRAY -> out.writeStartArray();
            case END_ARRAY -> out.writeEndArray();
            case PROPERTY_NAME -> out.writeName(in.currentName());
            case VALUE_STRING -> out.writeString(in.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.writeNumber(in.getString());
            case VALUE_TRUE -> out.writeBoolean(true);
            case VALUE_FALSE -> out.writeBoolean(false);
            case VALUE_NULL -> out.writeNull();
            default -> throw MismatchedInputException.from(in, type, "Expected a JSON value (got " + token + ")");
        }
    }

    /** Returns the text as a JSON string, in UTF-8. */
    static byte[] quoted(String text) {
        return LexValue.of(text).toJson().getBytes(UTF_8);
    }
}
