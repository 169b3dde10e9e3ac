package dev.atlex.client.internal;

import dev.atlex.data.LexException;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import org.jspecify.annotations.Nullable;

/**
 * Finds {@code error} and {@code message} in JSON that can't be parsed: truncated, nested too deeply, or malformed
 * after them. Makes one pass over the text, and stops at the first error.
 */
final class ErrorFields {
    private final String text;
    private int at;
    private @Nullable String error;
    private @Nullable String message;

    private ErrorFields(String text) {
        this.text = text;
    }

    /** Returns the fields, each null if it isn't found or not a string. */
    static ErrorPayload.Fields in(String text) {
        ErrorFields fields = new ErrorFields(text);
        fields.scan();
        return new ErrorPayload.Fields(fields.error, fields.message);
    }

    private void scan() {
        space();
        if (!take('{')) {
            return;
        }
        do {
            space();
            String name = string();
            space();
            if (name == null || !take(':')) {
                return;
            }
            space();
            if (at < text.length() && text.charAt(at) == '"') {
                String value = string();
                if (value == null) {
                    return;
                }
                keep(name, value);
            } else {
                skip();
            }
            space();
        } while (take(','));
    }

    private void keep(String name, String value) {
        if (name.equals("error")) {
            error = value;
        } else if (name.equals("message")) {
            message = value;
        }
    }

    /** Skips a value that isn't a string, up to the comma or bracket after it. */
    private void skip() {
        int depth = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                if (string() == null) {
                    return;
                }
                continue;
            }
            if (depth == 0 && (c == ',' || c == '}')) {
                return;
            }
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            at++;
        }
    }

    /** Returns the string that begins here, or null if there is none or it is incomplete. */
    private @Nullable String string() {
        if (!take('"')) {
            return null;
        }
        int start = at;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= text.length()) {
            return null;
        }
        String raw = text.substring(start, at++);
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        try {
            return LexValue.parseJson('"' + raw + '"') instanceof LexString string ? string.toString() : raw;
        } catch (LexException e) {
            return raw;
        }
    }

    private boolean take(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void space() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
    }
}
