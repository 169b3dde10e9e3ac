package dev.atlex.codegen.internal;

import com.palantir.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * Formats strings as Java literals on one line of source, regardless of their content. JavaPoet's {@code $S} breaks at
 * every Unicode line terminator and keeps lone surrogates, which UTF-8 can't encode.
 */
final class Literals {
    /**
     * The maximum length that always fits into a constant, which has at most 65,535 bytes in a class file. Each
     * character takes up to three.
     */
    private static final int MAX_CHARS = 65_535 / 3;

    private Literals() {}

    /** Returns an expression for the text: a literal, or several joined if the text is too long for one. */
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

    /** Escapes invisible characters and line terminators. */
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

    /** Returns whether a character is invisible. Includes bidirectional controls, which would make source code misleading. */
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
                    // Use octal escapes: javac translates Unicode escapes first, so an escaped line feed would end the
                    // literal.
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
