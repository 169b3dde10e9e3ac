package dev.atlex.codegen.internal;

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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Generates Javadoc from a document's descriptions and constraints. */
final class Javadocs {
    /** Maximum number of characters shown of a value. */
    private static final int MAX_SHOWN = 300;

    private static final int ZERO_WIDTH_JOINER = 0x200d;
    private static final Pattern LINE_END = Pattern.compile("\\R");

    private Javadocs() {}

    /** Returns a description with everything escaped that could be markup, a tag or the end of the comment. */
    static String prose(@Nullable String description) {
        return description == null
                ? ""
                : printable(description)
                        .replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("@", "&#64;")
                        .replace("{", "&#123;")
                        .replace("}", "&#125;")
                        .replace("*/", "*&#47;")
                        .replace("\\u", "&#92;u")
                        .strip();
    }

    /** Returns the comment of a class or a constant: a sentence, and the document's description. */
    static CodeBlock of(String what, @Nullable String description) {
        String prose = prose(description);
        return prose.isEmpty() ? CodeBlock.of("$L\n", what) : CodeBlock.of("$L\n\n<p>$L\n", what, prose);
    }

    /** Returns the comment of a property's accessor. */
    static CodeBlock accessor(Property property) {
        return of(property, "Returns ");
    }

    /** Returns the comment of a property's setter. */
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
        return of(verb + code(property.name()) + ": " + String.join(", ", facts) + ".", property.description());
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

    /** Replaces invisible characters by spaces, except line feeds, tabs and zero-width joiners. */
    private static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        LINE_END.matcher(text).replaceAll("\n").codePoints().forEach(c -> {
            if (c == '\n' || c == '\t' || c == ZERO_WIDTH_JOINER || !Literals.isInvisible(c)) {
                printable.appendCodePoint(c);
            } else {
                printable.append(' ');
            }
        });
        return printable.toString();
    }

    /** Formats text as inline code. */
    static String code(String text) {
        String visible = Literals.visible(text);
        int shown = visible.codePointCount(0, visible.length());
        if (shown > MAX_SHOWN) {
            visible = visible.substring(0, visible.offsetByCodePoints(0, MAX_SHOWN)) + "…";
        }
        if (visible.isBlank()) {
            // Javadoc warns about an empty {@code}.
            visible = '"' + visible + '"';
        }
        boolean plain = visible.chars().noneMatch(c -> c == '{' || c == '}' || c == '\\') && !visible.contains("*/");
        return plain ? "{@code " + visible + "}" : "<code>" + prose(visible) + "</code>";
    }
}
