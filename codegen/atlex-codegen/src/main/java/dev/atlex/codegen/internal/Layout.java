package dev.atlex.codegen.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes JavaPoet's output denser. Puts short comments on one line, and removes blank lines between fields without
 * comments.
 */
public final class Layout {
    private static final int WIDTH = 120;
    private static final Pattern SPACED_ANNOTATION = Pattern.compile("(\\w)\\. @Nullable ");
    private static final Pattern FIELD = Pattern.compile(" +private [^=({\"]*;");

    private Layout() {}

    /** Escapes source code to ASCII, so that it compiles the same with any source encoding. */
    public static String ascii(String source) {
        if (source.chars().allMatch(c -> c < 0x80)) {
            return source;
        }
        StringBuilder ascii = new StringBuilder(source.length() + 64);
        int backslashes = 0;
        for (int i = 0; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c < 0x80) {
                ascii.append(c);
            } else if (backslashes % 2 == 0) {
                ascii.append(String.format("\\u%04x", (int) c));
            } else {
                // This happens only in comments. A Unicode escape isn't recognized after a backslash, so use HTML's
                // notation.
                int point = source.codePointAt(i);
                i += Character.charCount(point) - 1;
                ascii.append("&#").append(point).append(';');
            }
            backslashes = c == '\\' ? backslashes + 1 : 0;
        }
        return ascii.toString();
    }

    /** Returns the source in the denser layout. */
    public static String compact(String source) {
        List<String> lines = source.lines().toList();
        List<String> out = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() && betweenFields(lines, i)) {
                continue;
            } else if (isShortComment(lines, i)) {
                out.add(line + lines.get(i + 1).strip().substring(1) + " */");
                i += 2;
            } else if (line.endsWith(" {") && i + 1 < lines.size() && isEmptyBody(line, lines.get(i + 1))) {
                out.add(line + "}");
                i++;
            } else {
                out.add(annotations(line));
            }
        }
        return String.join("\n", out) + "\n";
    }

    private static boolean betweenFields(List<String> lines, int i) {
        return i > 0
                && i + 1 < lines.size()
                && FIELD.matcher(lines.get(i - 1)).matches()
                && FIELD.matcher(lines.get(i + 1)).matches();
    }

    private static boolean isShortComment(List<String> lines, int i) {
        return lines.get(i).strip().equals("/**")
                && i + 2 < lines.size()
                && lines.get(i + 2).strip().equals("*/")
                && lines.get(i + 1).length() + " */".length() <= WIDTH;
    }

    private static boolean isEmptyBody(String head, String tail) {
        int indent = head.length() - head.stripLeading().length();
        return tail.equals(" ".repeat(indent) + "}");
    }

    /** Removes the space in {@code Outer. @Nullable Inner}. Lines with strings or comments are unchanged. */
    private static String annotations(String line) {
        if (line.indexOf('"') >= 0 || line.stripLeading().startsWith("*")) {
            return line;
        }
        Matcher spaced = SPACED_ANNOTATION.matcher(line);
        return spaced.replaceAll("$1.@Nullable ");
    }
}
