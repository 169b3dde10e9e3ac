package dev.atlex.testkit.internal;

import dev.atlex.data.Cid;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexBoolean;
import dev.atlex.data.LexInteger;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import dev.atlex.testkit.internal.lexicon.ShownValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fields of a method's input or parameters, checked with the reference server's error messages. */
final class InputSchema {
    static final InputSchema NONE = new InputSchema();

    /** The types of fields. */
    enum Type {
        STRING("string", null),
        HANDLE("string", "handle"),
        DID("string", "DID"),
        AT_IDENTIFIER("string", "AT identifier"),
        NSID("string", "NSID"),
        RECORD_KEY("string", "record key"),
        CID("string", "CID string"),
        BOOLEAN("boolean", null),
        INTEGER("integer", null),
        LIMIT("integer", null),
        STRINGS("array", null),
        ARRAY("array", null),
        OBJECT("object", null);

        private final String kind;
        private final @Nullable String format;

        Type(String kind, @Nullable String format) {
            this.kind = kind;
            this.format = format;
        }
    }

    private record Field(String name, Type type, boolean required, boolean nullable) {}

    private final List<Field> fields = new ArrayList<>();

    static InputSchema of() {
        return new InputSchema();
    }

    InputSchema required(String name, Type type) {
        fields.add(new Field(name, type, true, false));
        return this;
    }

    InputSchema optional(String name, Type type) {
        fields.add(new Field(name, type, false, false));
        return this;
    }

    InputSchema nullable(String name, Type type) {
        fields.add(new Field(name, type, false, true));
        return this;
    }

    /** Checks the input of a method. */
    LexMap input(LexValue body) {
        return object(body, "$");
    }

    LexMap object(LexValue value, String path) {
        if (!(value instanceof LexMap map)) {
            throw XrpcError.invalidRequest("Expected object value type (got " + ShownValue.of(value) + ") at " + path);
        }
        for (Field field : fields) {
            LexValue found = map.get(field.name);
            if (found == null) {
                if (field.required) {
                    throw XrpcError.invalidRequest("Missing required key \"" + field.name + "\" at " + path);
                }
            } else if (!(field.nullable && found.equals(LexValue.ofNull()))) {
                String error = check(field.type, found);
                if (error != null) {
                    throw XrpcError.invalidRequest(error + " at " + path + "." + field.name);
                }
            }
        }
        return map;
    }

    /** Checks the parameters of a method and converts them to their types. */
    LexMap params(String nsid, Query query) {
        LexMap.Builder params = LexMap.builder();
        for (Field field : fields) {
            List<String> texts = query.all(field.name);
            boolean absent =
                    texts.isEmpty() || texts.size() == 1 && texts.get(0).isEmpty();
            if (absent && !field.required) {
                continue;
            }
            LexValue value = absent ? null : convert(field.type, texts);
            String error = value == null ? "Missing required key \"" + field.name + "\"" : check(field.type, value);
            if (error != null || value == null) {
                throw XrpcError.invalidRequest("Invalid " + nsid + " params: " + error);
            }
            params.put(field.name, value);
        }
        return params.build();
    }

    private static LexValue convert(Type type, List<String> texts) {
        List<LexValue> strings = texts.stream().map(LexValue::of).collect(Collectors.toList());
        if (type == Type.STRINGS || texts.size() > 1) {
            return LexArray.copyOf(strings);
        }
        String text = texts.get(0);
        if (type.kind.equals("integer") && text.matches("-?[0-9]{1,15}")) {
            return LexValue.of(Long.parseLong(text));
        }
        if (type == Type.BOOLEAN && (text.equals("true") || text.equals("false"))) {
            return LexValue.of(text.equals("true"));
        }
        return strings.get(0);
    }

    /** Returns the error of an invalid value, or null if the value is valid. */
    private static @Nullable String check(Type type, LexValue value) {
        boolean typeMatches = switch (type.kind) {
            case "string" -> value instanceof LexString;
            case "boolean" -> value instanceof LexBoolean;
            case "integer" -> value instanceof LexInteger;
            case "array" -> value instanceof LexArray;
            default -> value instanceof LexMap;
        };
        if (!typeMatches) {
            return "Expected " + type.kind + " value type (got " + ShownValue.of(value) + ")";
        }
        if (type == Type.LIMIT && value instanceof LexInteger limit) {
            if (limit.value() < 1) {
                return "integer too small (minimum 1, got " + limit + ")";
            }
            return limit.value() > 100 ? "integer too big (maximum 100, got " + limit + ")" : null;
        }
        if (!(value instanceof LexString string) || type.format == null) {
            return null;
        }
        boolean valid = switch (type) {
            case HANDLE -> Formats.handle(string.value());
            case DID -> Formats.did(string.value());
            case AT_IDENTIFIER -> Formats.atIdentifier(string.value());
            case NSID -> Formats.nsid(string.value());
            case RECORD_KEY -> Formats.recordKey(string.value());
            default -> Cid.isValid(string.value());
        };
        return valid ? null : "Invalid " + type.format + " (got " + ShownValue.of(value) + ")";
    }
}
