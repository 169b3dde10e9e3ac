package dev.atlex.conformance;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** JSON as plain maps, lists, strings, longs and booleans. Independent of the code under test. */
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /**
     * Parses a JSON object.
     *
     * @throws IllegalArgumentException if the text is another JSON value
     * @throws tools.jackson.core.JacksonException if the text isn't JSON
     */
    static Map<String, @Nullable Object> object(String text) {
        if (parse(text) instanceof Map<?, ?> map) {
            return copy(map);
        }
        throw new IllegalArgumentException("not a JSON object (got " + text.length() + " characters)");
    }

    /** Parses a JSON array of objects. Throws like {@link #object}. */
    static List<Map<String, @Nullable Object>> objects(String text) {
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        if (parse(text) instanceof List<?> list) {
            for (Object element : list) {
                if (!(element instanceof Map<?, ?> map)) {
                    throw new IllegalArgumentException("not an array of JSON objects");
                }
                objects.add(copy(map));
            }
            return objects;
        }
        throw new IllegalArgumentException("not a JSON array (got " + text.length() + " characters)");
    }

    /** Returns the string at a key. Throws {@link IllegalArgumentException} if there is none. */
    static String string(Map<String, @Nullable Object> object, String key) {
        if (object.get(key) instanceof String string) {
            return string;
        }
        throw new IllegalArgumentException("no string at \"" + key + "\" (keys: " + object.keySet() + ")");
    }

    /** Returns the string at a key, or null if there is none. */
    static @Nullable String stringOrNull(Map<String, @Nullable Object> object, String key) {
        return object.get(key) == null ? null : string(object, key);
    }

    /** Writes maps with string keys, lists, strings, integers, booleans and null. */
    static String write(Map<String, ? extends @Nullable Object> object) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            writeValue(out, object);
        }
        return text.toString();
    }

    private static @Nullable Object parse(String text) {
        try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            in.nextToken();
            return value(in);
        }
    }

    private static @Nullable Object value(JsonParser in) {
        JsonToken token = in.currentToken();
        if (token == null) {
            throw new IllegalArgumentException("empty JSON text");
        }
        switch (token) {
            case START_OBJECT: {
                Map<String, @Nullable Object> object = new LinkedHashMap<>();
                while (in.nextToken() != JsonToken.END_OBJECT) {
                    String name = in.currentName();
                    in.nextToken();
                    object.put(name, value(in));
                }
                return object;
            }
            case START_ARRAY: {
                List<@Nullable Object> array = new ArrayList<>();
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(in));
                }
                return array;
            }
            case VALUE_STRING:
                return in.getString();
            case VALUE_NUMBER_INT:
                return in.getLongValue();
            case VALUE_NUMBER_FLOAT:
                return in.getDoubleValue();
            case VALUE_TRUE:
                return Boolean.TRUE;
            case VALUE_FALSE:
                return Boolean.FALSE;
            case VALUE_NULL:
                return null;
            default:
                throw new IllegalArgumentException("unexpected JSON token " + token);
        }
    }

    private static void writeValue(JsonGenerator out, @Nullable Object value) {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            map.forEach((key, member) -> {
                out.writeName((String) key);
                writeValue(out, member);
            });
            out.writeEndObject();
        } else if (value instanceof List<?> list) {
            out.writeStartArray();
            list.forEach(element -> writeValue(out, element));
            out.writeEndArray();
        } else if (value instanceof String string) {
            out.writeString(string);
        } else if (value instanceof Long || value instanceof Integer) {
            out.writeNumber(((Number) value).longValue());
        } else if (value instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else {
            throw new IllegalArgumentException("not a JSON value (got " + value.getClass() + ")");
        }
    }

    private static Map<String, @Nullable Object> copy(Map<?, ?> map) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put((String) key, value));
        return copy;
    }
}
