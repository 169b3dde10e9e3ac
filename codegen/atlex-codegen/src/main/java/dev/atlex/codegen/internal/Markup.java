package dev.atlex.codegen.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Formats any text as the content of a Javadoc comment. */
final class Markup {
    /** The maximum number of characters of a value to show. */
    private static final int MAX_SHOWN = 300;

    /** The maximum length of a line, unless there is no place to break it. */
    private static final int WIDTH = 100;

    private static final int ZERO_WIDTH_JOINER = 0x200d;
    private static final Pattern LINE_END = Pattern.compile("\\R");
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");

    /** Matches a word. An inline tag is part of a word, because a line that begins with an at sign would end it. */
    private static final Pattern WORD = Pattern.compile("(?:\\{@[^}]*\\}|\\S)+");

    private Markup() {}

    /**
     * Escapes everything in the text that could be markup, a tag or the end of the comment. Text in backticks becomes
     * code, and long lines are wrapped.
     */
    static String prose(String text) {
        String printable = printable(text);
        StringBuilder prose = new StringBuilder();
        int from = 0;
        for (Matcher code = CODE.matcher(printable); code.find(); from = code.end()) {
            prose.append(escaped(printable.substring(from, code.start()))).append(code(code.group(1)));
        }
        prose.append(escaped(printable.substring(from)));
        return wrapped(prose.toString().strip());
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
        return plain ? "{@code " + visible + "}" : "<code>" + escaped(visible) + "</code>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "&#64;")
                .replace("{", "&#123;")
                .replace("}", "&#125;")
                .replace("*/", "*&#47;")
                .replace("\\u", "&#92;u");
    }

    /** Replaces invisible characters with spaces, except line feeds, tabs and zero-width joiners. */
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

    /** Wraps long lines. */
    static String wrapped(String text) {
        StringBuilder wrapped = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            wrap(line, wrapped);
            wrapped.append('\n');
        }
        return wrapped.substring(0, wrapped.length() - 1);
    }

    private static void wrap(String line, StringBuilder out) {
        if (line.length() <= WIDTH) {
            out.append(line);
            return;
        }
        int length = 0;
        for (Matcher word = WORD.matcher(line); word.find(); ) {
            int next = word.end() - word.start();
            if (length > 0 && length + 1 + next > WIDTH) {
                out.append('\n');
                length = 0;
            } else if (length > 0) {
                out.append(' ');
                length++;
            }
            out.append(word.group());
            length += next;
        }
    }
}
