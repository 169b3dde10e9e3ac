package dev.atlex.cli.help;

import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.ArrayDef;
import dev.atlex.schema.document.Definition.BlobDef;
import dev.atlex.schema.document.Definition.BooleanDef;
import dev.atlex.schema.document.Definition.BytesDef;
import dev.atlex.schema.document.Definition.CidLinkDef;
import dev.atlex.schema.document.Definition.IntegerDef;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.RefDef;
import dev.atlex.schema.document.Definition.StringDef;
import dev.atlex.schema.document.Definition.TokenDef;
import dev.atlex.schema.document.Definition.UnionDef;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes the type of a definition on one line: {@code integer, 1 to 100, default 50}. */
final class TypeText {
    private TypeText() {}

    static String of(Definition definition) {
        List<String> parts = new ArrayList<>();
        if (definition instanceof StringDef string) {
            parts.add(string.format() == null ? "string" : string.format());
            range(parts, string.minLength(), string.maxLength(), " bytes");
            range(parts, string.minGraphemes(), string.maxGraphemes(), " characters");
            values(parts, "one of", string.allowed());
            values(parts, "such as", string.knownValues());
            value(parts, "always", string.constant());
            value(parts, "default", string.defaultValue());
        } else if (definition instanceof IntegerDef integer) {
            parts.add("integer");
            range(parts, integer.minimum(), integer.maximum(), "");
            values(parts, "one of", integer.allowed());
            value(parts, "always", integer.constant());
            value(parts, "default", integer.defaultValue());
        } else if (definition instanceof BooleanDef bool) {
            parts.add("boolean");
            value(parts, "always", bool.constant());
            value(parts, "default", bool.defaultValue());
        } else if (definition instanceof ArrayDef array) {
            parts.add("array of " + of(array.items()));
            range(parts, array.minLength(), array.maxLength(), " elements");
        } else if (definition instanceof BytesDef bytes) {
            parts.add("bytes");
            range(parts, bytes.minLength(), bytes.maxLength(), " bytes");
        } else if (definition instanceof BlobDef blob) {
            parts.add("blob");
            values(parts, "of", blob.accept());
            range(parts, null, blob.maxSize(), " bytes");
        } else if (definition instanceof RefDef ref) {
            parts.add(ref.ref());
        } else if (definition instanceof UnionDef union) {
            parts.add("one of " + String.join(", ", union.refs()));
        } else {
            parts.add(plain(definition));
        }
        return String.join(", ", parts);
    }

    private static String plain(Definition definition) {
        if (definition instanceof CidLinkDef) {
            return "cid-link";
        } else if (definition instanceof TokenDef) {
            return "token";
        }
        return definition instanceof ObjectDef ? "object" : "any object";
    }

    private static void range(List<String> parts, @Nullable Number min, @Nullable Number max, String unit) {
        if (min != null && max != null) {
            parts.add(min + " to " + max + unit);
        } else if (max != null) {
            parts.add("at most " + max + unit);
        } else if (min != null) {
            parts.add("at least " + min + unit);
        }
    }

    private static void values(List<String> parts, String name, List<?> values) {
        if (!values.isEmpty()) {
            parts.add(name + " "
                    + String.join("|", values.stream().map(String::valueOf).toList()));
        }
    }

    private static void value(List<String> parts, String name, @Nullable Object value) {
        if (value != null) {
            parts.add(name + " " + value);
        }
    }
}
