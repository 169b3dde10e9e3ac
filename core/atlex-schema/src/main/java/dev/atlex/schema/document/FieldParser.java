package dev.atlex.schema.document;

import dev.atlex.data.LexDataException;
import dev.atlex.data.LexValue;
import dev.atlex.data.internal.MediaType;
import dev.atlex.schema.document.Definition.ArrayDef;
import dev.atlex.schema.document.Definition.BlobDef;
import dev.atlex.schema.document.Definition.BooleanDef;
import dev.atlex.schema.document.Definition.BytesDef;
import dev.atlex.schema.document.Definition.CidLinkDef;
import dev.atlex.schema.document.Definition.IntegerDef;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.RefDef;
import dev.atlex.schema.document.Definition.StringDef;
import dev.atlex.schema.document.Definition.UnionDef;
import dev.atlex.schema.document.Definition.UnknownDef;
import dev.atlex.syntax.Nsid;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses the types that a field can have, which are all types except primary ones and tokens. */
final class FieldParser {
    private static final Set<String> FORMATS = Set.of(
            "at-identifier",
            "at-uri",
            "cid",
            "datetime",
            "did",
            "handle",
            "language",
            "nsid",
            "record-key",
            "tid",
            "uri");

    private final Nsid document;
    private final Problems problems;

    /**
     * @param document the NSID that local references are resolved against
     * @param problems the collection of problems found in parts of a definition
     */
    FieldParser(Nsid document, Problems problems) {
        this.document = document;
        this.problems = problems;
    }

    /**
     * Parses a property of an object, or the items of an array. Accepts nested objects and arrays, which the
     * specification's examples use even though the TypeScript implementation rejects them.
     */
    Definition field(Fields json) {
        String type = json.type();
        return switch (type) {
            case "array" -> array(json, this::field);
            case "object" -> object(json);
            case "ref" -> ref(json);
            case "union" -> union(json);
            case "unknown" -> new UnknownDef(json.description());
            default -> {
                Definition concrete = concrete(json, type);
                if (concrete == null) {
                    throw Fields.wrong(json.at("type"), "the type of a field", type);
                }
                yield concrete;
            }
        };
    }

    /** Parses a scalar, bytes, a link or a blob. Returns null for any other type. */
    @Nullable
    Definition concrete(Fields json, String type) {
        return switch (type) {
            case "boolean", "integer", "string" -> scalar(json, type);
            case "bytes" -> bytes(json);
            case "cid-link" -> new CidLinkDef(json.description());
            case "blob" -> blob(json);
            default -> null;
        };
    }

    ObjectDef object(Fields json) {
        return object(json, this::field);
    }

    /**
     * Parses the parameters of a method, which must be scalars or arrays of scalars, because they are part of a URL.
     */
    ObjectDef params(Fields json) {
        requireType(json, "params");
        return object(json, property -> {
            String type = property.type();
            if (type.equals("array")) {
                return array(property, items -> parameter(items, items.type(), "boolean, integer or string"));
            }
            return parameter(property, type, "boolean, integer, string or array");
        });
    }

    RefDef ref(Fields json) {
        return new RefDef(json.description(), reference(json.at("ref"), json.string("ref")));
    }

    UnionDef union(Fields json) {
        if (!json.has("refs")) {
            throw Fields.unexpected(json.at("refs"), "an array", null);
        }
        List<String> written = json.strings("refs");
        Set<String> refs = new LinkedHashSet<>();
        for (int i = 0; i < written.size(); i++) {
            String path = json.item("refs", i);
            String text = written.get(i);
            String ref = problems.attempt(() -> reference(path, text));
            if (ref != null) {
                refs.add(ref);
            }
        }
        boolean closed = Boolean.TRUE.equals(json.optionalBoolean("closed"));
        if (closed && written.isEmpty()) {
            throw new LexDataException(json.at("refs"), "a closed union without variants, which no value matches");
        }
        return new UnionDef(json.description(), List.copyOf(refs), closed);
    }

    ArrayDef array(Fields json) {
        return array(json, this::field);
    }

    static void requireType(Fields json, String type) {
        if (!json.type().equals(type)) {
            throw Fields.wrong(json.at("type"), '"' + type + '"', json.type());
        }
    }

    private interface Parser {
        Definition parse(Fields json);
    }

    private Definition parameter(Fields json, String type, String expected) {
        return switch (type) {
            case "boolean", "integer", "string" -> scalar(json, type);
            default -> throw Fields.wrong(json.at("type"), expected, type);
        };
    }

    private static Definition scalar(Fields json, String type) {
        if (json.has("const") && json.has("default")) {
            throw new LexDataException(json.path(), "both a const and a default, which are mutually exclusive");
        }
        return switch (type) {
            case "boolean" ->
                new BooleanDef(json.description(), json.optionalBoolean("default"), json.optionalBoolean("const"));
            case "integer" -> integer(json);
            default -> string(json);
        };
    }

    private static IntegerDef integer(Fields json) {
        Long minimum = json.optionalInteger("minimum");
        Long maximum = json.optionalInteger("maximum");
        checkOrder(json, "minimum", minimum, "maximum", maximum);
        List<Long> allowed = json.integers("enum");
        checkNotEmpty(json, "enum");
        Long defaultValue = json.optionalInteger("default");
        if (defaultValue != null) {
            if (!allowed.isEmpty() && !allowed.contains(defaultValue)) {
                throw new LexDataException(json.at("default"), "expected one of the enum, got " + defaultValue);
            }
            if (minimum != null && defaultValue < minimum || maximum != null && defaultValue > maximum) {
                throw new LexDataException(
                        json.at("default"), "expected a value from minimum to maximum, got " + defaultValue);
            }
        }
        return new IntegerDef(
                json.description(), defaultValue, json.optionalInteger("const"), minimum, maximum, allowed);
    }

    private static StringDef string(Fields json) {
        String format = json.optionalString("format");
        if (format != null && !FORMATS.contains(format)) {
            throw Fields.wrong(json.at("format"), "the name of a string format", format);
        }
        Integer minLength = json.optionalLength("minLength");
        Integer maxLength = json.optionalLength("maxLength");
        checkOrder(json, "minLength", minLength, "maxLength", maxLength);
        Integer minGraphemes = json.optionalLength("minGraphemes");
        Integer maxGraphemes = json.optionalLength("maxGraphemes");
        checkOrder(json, "minGraphemes", minGraphemes, "maxGraphemes", maxGraphemes);
        List<String> allowed = json.strings("enum");
        checkNotEmpty(json, "enum");
        String defaultValue = json.optionalString("default");
        if (defaultValue != null && !allowed.isEmpty() && !allowed.contains(defaultValue)) {
            throw Fields.wrong(json.at("default"), "one of the enum", defaultValue);
        }
        return new StringDef(
                json.description(),
                format,
                defaultValue,
                json.optionalString("const"),
                minLength,
                maxLength,
                minGraphemes,
                maxGraphemes,
                allowed,
                json.strings("knownValues"));
    }

    private static BytesDef bytes(Fields json) {
        Integer minLength = json.optionalLength("minLength");
        Integer maxLength = json.optionalLength("maxLength");
        checkOrder(json, "minLength", minLength, "maxLength", maxLength);
        return new BytesDef(json.description(), minLength, maxLength);
    }

    /**
     * Parses a blob. As in the TypeScript implementation, an empty {@code accept} is valid, and allows any type, as
     * authors expect.
     */
    private static BlobDef blob(Fields json) {
        List<String> accept = json.strings("accept");
        for (int i = 0; i < accept.size(); i++) {
            if (!MediaType.isPattern(accept.get(i))) {
                throw Fields.wrong(json.item("accept", i), "a media type, \"type/*\" or \"*/*\"", accept.get(i));
            }
        }
        return new BlobDef(json.description(), accept, json.optionalSize("maxSize"));
    }

    private static ArrayDef array(Fields json, Parser parser) {
        Definition items = parser.parse(json.object("items"));
        Integer minLength = json.optionalLength("minLength");
        Integer maxLength = json.optionalLength("maxLength");
        checkOrder(json, "minLength", minLength, "maxLength", maxLength);
        return new ArrayDef(json.description(), items, minLength, maxLength);
    }

    private ObjectDef object(Fields json, Parser parser) {
        Fields declared = json.object("properties");
        Map<String, Definition> properties = new LinkedHashMap<>();
        for (Map.Entry<String, LexValue> entry : declared.map().entrySet()) {
            String path = declared.at(entry.getKey());
            Definition property = problems.attempt(() -> parser.parse(Fields.of(path, entry.getValue())));
            if (property != null) {
                properties.put(entry.getKey(), property);
            }
        }
        List<String> required = json.strings("required");
        for (int i = 0; i < required.size(); i++) {
            if (!declared.has(required.get(i))) {
                problems.add(Fields.wrong(json.item("required", i), "the name of a property", required.get(i)));
            }
        }
        // Names of undeclared properties are harmless here, and the TypeScript implementation accepts them.
        Set<String> nullable = new LinkedHashSet<>(json.strings("nullable"));
        nullable.retainAll(properties.keySet());
        return new ObjectDef(
                json.description(),
                Collections.unmodifiableMap(properties),
                Collections.unmodifiableSet(new LinkedHashSet<>(required)),
                Collections.unmodifiableSet(nullable));
    }

    /** Rejects an empty enum, which would either allow no value or be mistaken for a missing enum. */
    private static void checkNotEmpty(Fields json, String name) {
        if (json.has(name) && json.array(name).isEmpty()) {
            throw new LexDataException(json.at(name), "expected at least one value, got an empty array");
        }
    }

    private static <N extends Comparable<N>> void checkOrder(
            Fields json, String low, @Nullable N least, String high, @Nullable N most) {
        if (least != null && most != null && least.compareTo(most) > 0) {
            throw new LexDataException(json.at(low), "expected at most the " + high + " of " + most + ", got " + least);
        }
    }

    private String reference(String path, String text) {
        int hash = text.indexOf('#');
        String nsid = hash < 0 ? text : text.substring(0, hash);
        String name = hash < 0 ? DocumentParser.MAIN : text.substring(hash + 1);
        boolean local = hash == 0;
        if (!local && !Nsid.isValid(nsid) || !DocumentParser.isDefinitionName(name)) {
            throw Fields.wrong(path, "a reference such as \"#name\" or \"com.example.defs#name\"", text);
        }
        String id = local ? document.toString() : nsid;
        return name.equals(DocumentParser.MAIN) ? id : id + '#' + name;
    }
}
