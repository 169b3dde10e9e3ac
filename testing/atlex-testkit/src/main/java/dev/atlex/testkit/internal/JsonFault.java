package dev.atlex.testkit.internal;

import org.jspecify.annotations.Nullable;

/** Words what is wrong with JSON as the JavaScript engine does under which the reference server runs. */
final class JsonFault {
    private final String text;
    private int at;

    private JsonFault(String text) {
        this.text = text;
    }

    /** What is wrong where the text is neither an object nor an array, or null. */
    static @Nullable String notContainer(String text) {
        JsonFault scan = new JsonFault(text);
        scan.space();
        if (scan.at == text.length() || "{[".indexOf(text.charAt(scan.at)) >= 0) {
            return null;
        }
        return "Unexpected token '" + text.charAt(scan.at) + "', " + scan.excerpt() + " is not valid JSON";
    }

    /** What is wrong with a text that a parser has refused; the parser's own words where this finds nothing. */
    static String explain(String text, @Nullable String otherwise) {
        JsonFault scan = new JsonFault(text);
        String fault = scan.value();
        if (fault == null) {
            scan.space();
            fault = scan.at < text.length() ? scan.here("Unexpected non-whitespace character after JSON") : null;
        }
        return fault != null ? fault : String.valueOf(otherwise);
    }

    private @Nullable String value() {
        space();
        if (at == text.length()) {
            return "Unexpected end of JSON input";
        }
        char c = text.charAt(at);
        if (c == '{') {
            return object();
        }
        if (c == '[') {
            return array();
        }
        if (c == '"') {
            return string();
        }
        if (c == '-' || c >= '0' && c <= '9') {
            while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            return null;
        }
        for (String word : new String[] {"true", "false", "null"}) {
            if (c == word.charAt(0)) {
                for (int i = 0; i < word.length(); i++, at++) {
                    if (at == text.length() || text.charAt(at) != word.charAt(i)) {
                        return token();
                    }
                }
                return null;
            }
        }
        return token();
    }

    private @Nullable String object() {
        at++;
        space();
        if (peek('}')) {
            at++;
            return null;
        }
        for (boolean first = true; ; first = false) {
            space();
            if (!peek('"')) {
                return here(
                        first
                                ? "Expected property name or '}' in JSON"
                                : "Expected double-quoted property name in JSON");
            }
            String fault = string();
            if (fault != null) {
                return fault;
            }
            space();
            if (!peek(':')) {
                return here("Expected ':' after property name in JSON");
            }
            at++;
            fault = value();
            if (fault != null) {
                return fault;
            }
            space();
            if (peek('}')) {
                at++;
                return null;
            }
            if (!peek(',')) {
                return here("Expected ',' or '}' after property value in JSON");
            }
            at++;
        }
    }

    private @Nullable String array() {
        at++;
        space();
        if (peek(']')) {
            at++;
            return null;
        }
        while (true) {
            String fault = value();
            if (fault != null) {
                return fault;
            }
            space();
            if (peek(']')) {
                at++;
                return null;
            }
            if (!peek(',')) {
                return here("Expected ',' or ']' after array element in JSON");
            }
            at++;
        }
    }

    private @Nullable String string() {
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return null;
            }
            if (c < ' ') {
                return here("Bad control character in string literal in JSON");
            }
            if (c == '\\' && ++at < text.length() && "\"\\/bfnrtu".indexOf(text.charAt(at)) < 0) {
                return here("Bad escaped character in JSON");
            }
        }
        return here("Unterminated string in JSON");
    }

    private String token() {
        if (at >= text.length()) {
            return "Unexpected end of JSON input";
        }
        return "Unexpected token '" + text.charAt(at) + "', " + excerpt() + " is not valid JSON";
    }

    /** The text in quotes, of a long one what is around the place. */
    private String excerpt() {
        if (text.length() <= 40) {
            return '"' + text + '"';
        }
        int from = Math.max(0, at - 10);
        int to = Math.min(text.length(), at + 10);
        return (from > 0 ? "..." : "") + '"' + text.substring(from, to) + '"' + (to < text.length() ? "..." : "");
    }

    private String here(String what) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < at; i++) {
            column++;
            if (text.charAt(i) == '\n') {
                line++;
                column = 1;
            }
        }
        return what + " at position " + at + " (line " + line + " column " + column + ")";
    }

    private boolean peek(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}
