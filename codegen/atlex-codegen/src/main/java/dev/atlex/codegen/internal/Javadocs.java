package dev.atlex.codegen.internal;

import static dev.atlex.codegen.internal.Markup.code;

import com.palantir.javapoet.CodeBlock;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.ArrayDef;
import dev.atlex.schema.document.Definition.BlobDef;
import dev.atlex.schema.document.Definition.BooleanDef;
import dev.atlex.schema.document.Definition.BytesDef;
import dev.atlex.schema.document.Definition.IntegerDef;
import dev.atlex.schema.document.Definition.StringDef;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Generates Javadoc comments. They begin with the text, because tools show the first sentence, and end with the facts.
 */
final class Javadocs {
    private Javadocs() {}

    /**
     * Returns a comment.
     *
     * @param facts one or more sentences of Javadoc markup
     */
    static CodeBlock of(Text text, String facts) {
        return of(text, CodeBlock.of("$L", Markup.wrapped(facts)));
    }

    /** Like {@link #of(Text, String)}, but the facts may end with tags. */
    static CodeBlock of(Text text, CodeBlock facts) {
        CodeBlock.Builder comment = CodeBlock.builder();
        if (text.isEmpty()) {
            comment.add("$L\n", facts);
        } else {
            comment.add("$L\n\n<p>$L\n", Markup.prose(text.prose()), facts);
        }
        if (text.deprecated() != null) {
            comment.add("\n@deprecated $L\n", Markup.prose(text.deprecated()));
        }
        return comment.build();
    }

    /** Returns the comment for a property's accessor. */
    static CodeBlock accessor(Property property) {
        return of(property, "Returns ");
    }

    /** Returns the comment for a property's setter. */
    static CodeBlock setter(Property property) {
        return of(property, "Sets ");
    }

    private static CodeBlock of(Property property, String verb) {
        List<String> facts = new ArrayList<>();
        facts.add(property.required() ? "required" : "optional");
        if (property.nullable()) {
            facts.add("nullable");
        }
        if (property.defaultValue() != null) {
            facts.add("default " + code(defaultOf(property.definition())));
        }
        facts.addAll(constraints(property.definition()));
        String listed = String.join(", ", facts) + ".";
        if (property.text().isEmpty()) {
            return of(property.text(), verb + code(property.name()) + ": " + listed);
        } else if (!property.id().equals(property.name())) {
            return of(property.text(), code(property.name()) + " in JSON: " + listed);
        }
        return of(property.text(), Character.toUpperCase(listed.charAt(0)) + listed.substring(1));
    }

    private static String defaultOf(Definition definition) {
        if (definition instanceof StringDef string) {
            return String.valueOf(string.defaultValue());
        } else if (definition instanceof IntegerDef integer) {
            return String.valueOf(integer.defaultValue());
        }
        return definition instanceof BooleanDef bool ? String.valueOf(bool.defaultValue()) : "";
    }

    private static List<String> constraints(Definition definition) {
        List<String> facts = new ArrayList<>();
        if (definition instanceof StringDef string) {
            if (string.format() != null) {
                facts.add("format " + code(string.format()));
            }
            range(facts, string.minLength(), string.maxLength(), "UTF-8 byte");
            range(facts, string.minGraphemes(), string.maxGraphemes(), "grapheme");
            allowed(facts, string.constant(), string.allowed());
            values(facts, "known values ", string.knownValues());
        } else if (definition instanceof IntegerDef integer) {
            range(facts, integer.minimum(), integer.maximum(), "");
            allowed(facts, integer.constant(), integer.allowed());
        } else if (definition instanceof BytesDef bytes) {
            range(facts, bytes.minLength(), bytes.maxLength(), "byte");
        } else if (definition instanceof ArrayDef array) {
            range(facts, array.minLength(), array.maxLength(), "element");
            List<String> each = constraints(array.items());
            if (!each.isEmpty()) {
                facts.add("each element: " + String.join(", ", each));
            }
        } else if (definition instanceof BlobDef blob) {
            values(facts, blob.accept().size() == 1 ? "media type " : "media types ", blob.accept());
            range(facts, null, blob.maxSize(), "byte");
        }
        return facts;
    }

    private static void range(List<String> facts, @Nullable Number min, @Nullable Number max, String unit) {
        if (min != null && min.equals(max)) {
            facts.add("exactly " + quantity(min, unit));
        } else if (min != null && max != null) {
            facts.add(min + " to " + quantity(max, unit));
        } else if (min != null) {
            facts.add("at least " + quantity(min, unit));
        } else if (max != null) {
            facts.add("at most " + quantity(max, unit));
        }
    }

    private static String quantity(Number number, String unit) {
        if (unit.isEmpty()) {
            return number.toString();
        }
        return number + " " + unit + (number.longValue() == 1 ? "" : "s");
    }

    private static void allowed(List<String> facts, @Nullable Object constant, List<?> allowed) {
        if (constant != null) {
            facts.add("always " + code(constant.toString()));
        } else {
            values(facts, "one of ", allowed);
        }
    }

    private static void values(List<String> facts, String what, List<?> values) {
        if (!values.isEmpty()) {
            facts.add(what
                    + String.join(
                            ", ",
                            values.stream().map(value -> code(value.toString())).toList()));
        }
    }
}
