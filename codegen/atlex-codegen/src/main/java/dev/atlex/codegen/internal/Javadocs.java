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

/** Javadoc: a document's prose, and its constraints in words. */
final class Javadocs {
    /** How much of a value is shown, in characters. */
    private static final int MAX_SHOWN = 300;

    private static final int ZERO_WIDTH_JOINER = 0x200d;
    private static final Pattern LINE_END = Pattern.compile("\\R");

    private Javadocs() {}

    /** Prose, in which nothing can be taken for markup, a tag or the end of the comment. */
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

    /** Of a class: what it is, and the prose. */
    static CodeBlock of(String what, @Nullable String description) {
        String prose = prose(description);
        return prose.isEmpty() ? CodeBlock.of("$L\n", what) : CodeBlock.of("$L\n\n<p>$L\n", what, prose);
    }

    /** Of an accessor. */
    static CodeBlock of(Property property) {
        List<String> facts = new ArrayList<>();
        facts.add(property.required() ? "required" : "optional");
        if (property.nullable()) {
            facts.add(property.required() ? "may be null" : "absent or null");
        }
        if (property.defaultValue() != null) {
            facts.add("by default " + code(defaultOf(property.definition())));
        }
        facts.addAll(constraints(property.definition()));
        String prose = prose(property.description());
        String lead = prose.isEmpty() ? code(property.name()) + ": " : prose + "\n\n<p>" + code(property.name()) + ": ";
        return CodeBlock.of("$L$L.\n", lead, String.join(", ", facts));
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
                facts.add("of format " + code(string.format()));
            }
            range(facts, string.minLength(), string.maxLength(), "bytes of UTF-8");
            range(facts, string.minGraphemes(), string.maxGraphemes(), "graphemes");
            values(facts, "one of ", string.constant() == null ? string.allowed() : List.of(string.constant()));
            values(facts, "known values ", string.knownValues());
        } else if (definition instanceof IntegerDef integer) {
            range(facts, integer.minimum(), integer.maximum(), "");
            values(facts, "one of ", integer.constant() == null ? integer.allowed() : List.of(integer.constant()));
        } else if (definition instanceof BytesDef bytes) {
            range(facts, bytes.minLength(), bytes.maxLength(), "bytes");
        } else if (definition instanceof ArrayDef array) {
            range(facts, array.minLength(), array.maxLength(), "elements");
            constraints(array.items()).forEach(fact -> facts.add("each " + fact));
        } else if (definition instanceof BlobDef blob) {
            values(facts, "of type ", blob.accept());
            range(facts, null, blob.maxSize(), "bytes");
        }
        return facts;
    }

    private static void range(List<String> facts, @Nullable Number min, @Nullable Number max, String unit) {
        String of = unit.isEmpty() ? "" : " " + unit;
        if (min != null) {
            facts.add("at least " + min + of);
        }
        if (max != null) {
            facts.add("at most " + max + of);
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

    /** The text with its lines as they are, and otherwise without what has no place in a comment. */
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

    static String code(String text) {
        String visible = Literals.visible(text);
        int shown = visible.codePointCount(0, visible.length());
        if (shown > MAX_SHOWN) {
            visible = visible.substring(0, visible.offsetByCodePoints(0, MAX_SHOWN)) + "…";
        }
        if (visible.isBlank()) {
            // Nothing to see, which Javadoc complains of.
            visible = '"' + visible + '"';
        }
        boolean plain = visible.chars().noneMatch(c -> c == '{' || c == '}' || c == '\\') && !visible.contains("*/");
        return plain ? "{@code " + visible + "}" : "<code>" + prose(visible) + "</code>";
    }
}
