package dev.atlex.codegen.internal;

import com.palantir.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * Strings as Java literals that hold on one line of source, whatever is in them. JavaPoet's own break at each character
 * that ends a line in Unicode, and keep lone surrogates, which no file in UTF-8 can have.
 */
final class Literals {
    /** How many characters are at most 65,535 bytes in a class file, which is all that one constant can have. */
    private static final int MAX_CHARS = 65_535 / 3;

    private Literals() {}

    /** Returns an expression for that text: a constant, unless the text is longer than one can be. */
    static CodeBlock of(String text) {
        if (text.length() <= MAX_CHARS) {
            return CodeBlock.of("$L", quoted(text));
        }
        List<String> parts = new ArrayList<>();
        for (int from = 0; from < text.length(); from += MAX_CHARS) {
            parts.add(quoted(text.substring(from, Math.min(text.length(), from + MAX_CHARS))));
        }
        return CodeBlock.of("$T.join($L, $L)", String.class, quoted(""), String.join(", ", parts));
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (isInvisible(c)) {
                escape(quoted, c);
            } else {
                quoted.appendCodePoint(c);
            }
        }
        return quoted.append('"').toString();
    }

    /** Replaces what no one can see, or what ends a line, by its escape. */
    static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isInvisible(c)) {
                escape(visible, c);
            } else {
                visible.appendCodePoint(c);
            }
        });
        return visible.toString();
    }

    /** Also of what reorders the text around it, so that source code does not read otherwise than it compiles. */
    static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> c == 0xfffe || c == 0xffff;
        };
    }

    private static void escape(StringBuilder out, int c) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            default -> {
                if (c < 0x80) {
                    // A Unicode escape stands for the character itself, which would end the literal or the line.
                    out.append(String.format("\\%03o", c));
                } else {
                    for (char unit : Character.toChars(c)) {
                        out.append(String.format("\\u%04x", (int) unit));
                    }
                }
            }
        }
    }
}
