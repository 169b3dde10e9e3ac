package dev.atlex.testkit.internal.lexicon;

import dev.atlex.data.BlobRef;
import dev.atlex.data.Bytes;
import dev.atlex.data.Cid;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexBoolean;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexInteger;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.data.internal.MediaType;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.ArrayDef;
import dev.atlex.schema.document.Definition.BlobDef;
import dev.atlex.schema.document.Definition.BooleanDef;
import dev.atlex.schema.document.Definition.BytesDef;
import dev.atlex.schema.document.Definition.CidLinkDef;
import dev.atlex.schema.document.Definition.IntegerDef;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.RecordDef;
import dev.atlex.schema.document.Definition.RefDef;
import dev.atlex.schema.document.Definition.StringDef;
import dev.atlex.schema.document.Definition.UnionDef;
import dev.atlex.schema.document.Definition.UnknownDef;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks values against definitions of the {@link BundledLexicons}.
 *
 * <p>The client's codecs check the same constraints in their own words and order. This class follows the reference
 * server in both respects. It checks properties in the document's order, and reports only the first problem. It doesn't
 * use those codecs, so that tests reveal bugs in them.
 */
public final class SchemaCheck {
    private static final String TYPED = "an object which includes the \"$type\" property";

    private SchemaCheck() {}

    /**
     * Checks a value.
     *
     * @param path the path of the value in messages, below {@code $}; empty for the root
     * @throws InvalidValueException if the value is invalid
     */
    public static void check(Definition definition, LexValue value, String path) {
        if (definition instanceof StringDef string) {
            checkString(string, value, path);
        } else if (definition instanceof IntegerDef integer) {
            checkInteger(integer, value, path);
        } else if (definition instanceof ArrayDef array) {
            checkArray(array, value, path);
        } else if (definition instanceof ObjectDef object) {
            checkObject(object, value, path);
        } else if (definition instanceof RecordDef record) {
            checkObject(record.record(), value, path);
        } else if (definition instanceof RefDef ref) {
            checkReferenced(ref.ref(), value, path);
        } else if (definition instanceof UnionDef union) {
            checkUnion(union, value, path);
        } else if (definition instanceof BlobDef blob) {
            checkBlob(blob, value, path);
        } else if (definition instanceof BytesDef bytes) {
            checkBytes(bytes, value, path);
        } else if (definition instanceof BooleanDef) {
            require(value instanceof LexBoolean, "boolean", value, path);
        } else if (definition instanceof CidLinkDef) {
            require(value instanceof Cid, "cid", value, path);
        } else if (definition instanceof UnknownDef) {
            require(value instanceof LexMap, "object", value, path);
        } else {
            throw new IllegalArgumentException("not a definition of values: " + definition);
        }
    }

    private static void require(boolean matches, String type, LexValue value, String path) {
        if (!matches) {
            throw new InvalidValueException(
                    "Expected " + type + " value type (got " + ShownValue.of(value) + ")", path);
        }
    }

    private static void checkAllowed(List<String> allowed, LexValue value, String path) {
        String shown = ShownValue.of(value);
        if (!allowed.isEmpty() && !allowed.contains(shown)) {
            throw new InvalidValueException("Expected " + ShownValue.oneOf(allowed) + " (got " + shown + ")", path);
        }
    }

    private static void checkSize(String unit, long size, @Nullable Number min, @Nullable Number max, String path) {
        if (min != null && size < min.longValue()) {
            throw new InvalidValueException(unit + " too small (minimum " + min + ", got " + size + ")", path);
        }
        if (max != null && size > max.longValue()) {
            throw new InvalidValueException(unit + " too big (maximum " + max + ", got " + size + ")", path);
        }
    }

    private static void checkString(StringDef string, LexValue value, String path) {
        require(value instanceof LexString, "string", value, path);
        String constant = string.constant();
        List<String> allowed = constant == null ? string.allowed() : List.of(constant);
        checkAllowed(allowed.stream().map(one -> LexValue.of(one).toJson()).toList(), value, path);
        String text = ((LexString) value).value();
        if (string.minLength() != null || string.maxLength() != null) {
            checkSize("string", StringFormat.utf8Length(text), string.minLength(), string.maxLength(), path);
        }
        if (string.minGraphemes() != null || string.maxGraphemes() != null) {
            checkSize("grapheme", StringFormat.graphemes(text), string.minGraphemes(), string.maxGraphemes(), path);
        }
        String format = string.format();
        if (format != null && !StringFormat.of(format).matches(text)) {
            throw new InvalidValueException(
                    "Invalid " + StringFormat.of(format).label() + " (got " + ShownValue.of(value) + ")", path);
        }
    }

    private static void checkInteger(IntegerDef integer, LexValue value, String path) {
        require(value instanceof LexInteger, "integer", value, path);
        Long constant = integer.constant();
        List<Long> allowed = constant == null ? integer.allowed() : List.of(constant);
        checkAllowed(allowed.stream().map(Object::toString).toList(), value, path);
        checkSize("integer", ((LexInteger) value).value(), integer.minimum(), integer.maximum(), path);
    }

    private static void checkBytes(BytesDef bytes, LexValue value, String path) {
        require(value instanceof Bytes, "bytes", value, path);
        checkSize("bytes", ((Bytes) value).size(), bytes.minLength(), bytes.maxLength(), path);
    }

    private static void checkArray(ArrayDef definition, LexValue value, String path) {
        require(value instanceof LexArray, "array", value, path);
        LexArray array = (LexArray) value;
        checkSize("array", array.size(), definition.minLength(), definition.maxLength(), path);
        for (int i = 0; i < array.size(); i++) {
            check(definition.items(), array.get(i), path + "[" + i + "]");
        }
    }

    private static void checkObject(ObjectDef object, LexValue value, String path) {
        require(value instanceof LexMap, "object", value, path);
        LexMap map = (LexMap) value;
        for (Map.Entry<String, Definition> property : object.properties().entrySet()) {
            String name = property.getKey();
            LexValue field = map.get(name);
            if (field == null) {
                if (object.required().contains(name)) {
                    throw new InvalidValueException("Missing required key \"" + name + "\"", path);
                }
            } else if (!(object.nullable().contains(name) && field.equals(LexValue.ofNull()))) {
                check(property.getValue(), field, path + "." + name);
            }
        }
    }

    private static void checkReferenced(String ref, LexValue value, String path) {
        Definition definition = Objects.requireNonNull(BundledLexicons.resolve(ref), ref);
        LexValue type = definition instanceof ObjectDef && value instanceof LexMap map ? map.get("$type") : null;
        if (type != null) {
            checkAllowed(List.of(LexValue.of(ref).toJson()), type, path + ".$type");
        }
        check(definition, value, path);
    }

    private static void checkUnion(UnionDef union, LexValue value, String path) {
        LexValue type = value instanceof LexMap map ? map.get("$type") : null;
        if (type == null) {
            require(false, TYPED, value, path);
        } else if (type instanceof LexString name && union.refs().contains(name.value())) {
            check(Objects.requireNonNull(BundledLexicons.resolve(name.value()), name.value()), value, path);
        } else if (union.closed()) {
            List<String> refs =
                    union.refs().stream().map(ref -> LexValue.of(ref).toJson()).collect(Collectors.toList());
            checkAllowed(refs, type, path + ".$type");
        } else {
            require(type instanceof LexString, "string", type, path + ".$type");
        }
    }

    private static void checkBlob(BlobDef definition, LexValue value, String path) {
        BlobRef blob;
        try {
            blob = LexReader.readValue(value, ReadOptions.STRICT, BlobRef::read);
        } catch (LexValidationException | LexDataException e) {
            require(false, "blob", value, path);
            return;
        }
        List<String> accept = definition.accept();
        if (!accept.isEmpty() && accept.stream().noneMatch(type -> MediaType.matches(type, blob.mimeType()))) {
            List<String> shown =
                    accept.stream().map(type -> LexValue.of(type).toJson()).toList();
            checkAllowed(shown, LexValue.of(blob.mimeType()), path + ".mimeType");
        }
        checkSize("blob", blob.size(), null, definition.maxSize(), path);
    }
}
