package dev.atlex.testkit.internal;

import org.jspecify.annotations.Nullable;

/** Describes syntax errors in JSON in the words of the JavaScript engine that runs the reference server. */
final class JsonSyntaxError {
    private final String text;
    private int at;

    private JsonSyntaxError(String text) {
        this.text = text;
    }

    /** Returns the error if the text is neither an object nor an array, otherwise null. */
    static @Nullable String notContainer(String text) {
        JsonSyntaxError scan = new JsonSyntaxError(text);
        scan.skipSpace();
        if (scan.at == text.length() || "{[".indexOf(text.charAt(scan.at)) >= 0) {
            return null;
        }
        return "Unexpected token '" + text.charAt(scan.at) + "', " + scan.excerpt() + " is not valid JSON";
    }

    /** Returns the error in JSON that a parser has rejected, or the parser's own message if none is found. */
    static String explain(String text, @Nullable String parserMessage) {
        JsonSyntaxError scan = new JsonSyntaxError(text);
        String error = scan.value();
        if (error == null) {
            scan.skipSpace();
            error = scan.at < text.length() ? scan.atPosition("Unexpected non-whitespace character after JSON") : null;
        }
        return error != null ? error : String.valueOf(parserMessage);
    }

    private @Nullable String value() {
        skipSpace();
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
        skipSpace();
        if (peek('}')) {
            at++;
            return null;
        }
        for (boolean first = true; ; first = false) {
            skipSpace();
            if (!peek('"')) {
                return atPosition(
                        first
                                ? "Expected property name or '}' in JSON"
                                : "Expected double-quoted property name in JSON");
            }
            String error = string();
            if (error != null) {
                return error;
            }
            skipSpace();
            if (!peek(':')) {
                return atPosition("Expected ':' after property name in JSON");
            }
            at++;
            error = value();
            if (error != null) {
                return error;
            }
            skipSpace();
            if (peek('}')) {
                at++;
                return null;
            }
            if (!peek(',')) {
                return atPosition("Expected ',' or '}' after property value in JSON");
            }
            at++;
        }
    }

    private @Nullable String array() {
        at++;
        skipSpace();
        if (peek(']')) {
            at++;
            return null;
        }
        while (true) {
            String error = value();
            if (error != null) {
                return error;
            }
            skipSpace();
            if (peek(']')) {
                at++;
                return null;
            }
            if (!peek(',')) {
                return atPosition("Expected ',' or ']' after array element in JSON");
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
                return atPosition("Bad control character in string literal in JSON");
            }
            if (c == '\\' && ++at < text.length() && "\"\\/bfnrtu".indexOf(text.charAt(at)) < 0) {
                return atPosition("Bad escaped character in JSON");
            }
        }
        return atPosition("Unterminated string in JSON");
    }

    private String token() {
        if (at >= text.length()) {
            return "Unexpected end of JSON input";
        }
        return "Unexpected token '" + text.charAt(at) + "', " + excerpt() + " is not valid JSON";
    }

    /** Returns the text in quotes; if it is long, an excerpt around the current position. */
    private String excerpt() {
        if (text.length() <= 40) {
            return '"' + text + '"';
        }
        int from = Math.max(0, at - 10);
        int to = Math.min(text.length(), at + 10);
        return (from > 0 ? "..." : "") + '"' + text.substring(from, to) + '"' + (to < text.length() ? "..." : "");
    }

    private String atPosition(String what) {
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

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}
