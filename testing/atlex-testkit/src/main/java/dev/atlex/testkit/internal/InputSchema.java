package dev.atlex.testkit.internal;

import dev.atlex.data.Cid;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexBoolean;
import dev.atlex.data.LexInteger;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Datetime;
import dev.atlex.testkit.internal.lexicon.ShownValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fields of a method's input or parameters, checked with the reference server's error messages. */
public final class InputSchema {
    public static final InputSchema NONE = new InputSchema();

    /** The types of fields. */
    public enum Type {
        STRING("string", null),
        HANDLE("string", "handle"),
        DID("string", "DID"),
        AT_IDENTIFIER("string", "AT identifier"),
        NSID("string", "NSID"),
        RECORD_KEY("string", "record key"),
        CID("string", "CID string"),
        AT_URI("string", "at-uri"),
        DATETIME("string", "datetime"),
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

    /**
     * @param element the type of an array's elements, or null
     * @param min the minimum of an integer
     * @param max the maximum of an integer, or the maximum length of an array
     */
    private record Field(
            String name,
            Type type,
            boolean required,
            boolean nullable,
            @Nullable Type element,
            long min,
            long max) {
        Field(String name, Type type, boolean required, boolean nullable) {
            this(
                    name,
                    type,
                    required,
                    nullable,
                    null,
                    type == Type.LIMIT ? 1 : Long.MIN_VALUE,
                    type == Type.LIMIT ? 100 : Long.MAX_VALUE);
        }
    }

    private final List<Field> fields = new ArrayList<>();

    /** Starts a declaration without fields. */
    public static InputSchema of() {
        return new InputSchema();
    }

    /** Adds a field. */
    public InputSchema required(String name, Type type) {
        fields.add(new Field(name, type, true, false));
        return this;
    }

    /** Adds a field that may be absent. */
    public InputSchema optional(String name, Type type) {
        fields.add(new Field(name, type, false, false));
        return this;
    }

    InputSchema nullable(String name, Type type) {
        fields.add(new Field(name, type, false, true));
        return this;
    }

    /** Adds an integer that may be absent. */
    public InputSchema integer(String name, long min, long max) {
        fields.add(new Field(name, Type.INTEGER, false, false, null, min, max));
        return this;
    }

    /** Adds an array of at most {@code max} strings. */
    public InputSchema strings(String name, Type element, int max) {
        fields.add(new Field(name, Type.STRINGS, true, false, element, 0, max));
        return this;
    }

    /** Like {@link #strings}, for an array that may be absent. */
    public InputSchema optionalStrings(String name, Type element, int max) {
        fields.add(new Field(name, Type.STRINGS, false, false, element, 0, max));
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
                String error = check(field, found);
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
            String error = value == null ? "Missing required key \"" + field.name + "\"" : check(field, value);
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

    /** Returns the error for an invalid value, or null if the value is valid. */
    private static @Nullable String check(Field field, LexValue value) {
        String error = check(field.type, value);
        if (error != null) {
            return error;
        }
        if (value instanceof LexInteger integer) {
            return integer.value() < field.min
                    ? "integer too small (minimum " + field.min + ", got " + integer + ")"
                    : integer.value() > field.max
                            ? "integer too big (maximum " + field.max + ", got " + integer + ")"
                            : null;
        }
        if (value instanceof LexArray array) {
            if (array.size() > field.max) {
                return "array too big (maximum " + field.max + ", got " + array.size() + ")";
            }
            Type element = field.element;
            return element == null
                    ? null
                    : array.stream()
                            .map(each -> check(element, each))
                            .filter(Objects::nonNull)
                            .findFirst()
                            .orElse(null);
        }
        return null;
    }

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
        if (!(value instanceof LexString string) || type.format == null) {
            return null;
        }
        boolean valid = switch (type) {
            case HANDLE -> Formats.handle(string.value());
            case DID -> Formats.did(string.value());
            case AT_IDENTIFIER -> Formats.atIdentifier(string.value());
            case NSID -> Formats.nsid(string.value());
            case RECORD_KEY -> Formats.recordKey(string.value());
            case AT_URI -> AtUri.isValid(string.value());
            case DATETIME -> Datetime.isValid(string.value());
            default -> Cid.isValid(string.value());
        };
        return valid ? null : "Invalid " + type.format + " (got " + ShownValue.of(value) + ")";
    }
}
