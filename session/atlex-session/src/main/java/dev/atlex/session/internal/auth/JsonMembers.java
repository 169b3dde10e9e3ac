package dev.atlex.session.internal.auth;

import dev.atlex.data.LexException;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import org.jspecify.annotations.Nullable;

/**
 * Finds the members of a JSON object without reading their values, so that an unusable value of any kind, size or
 * nesting can't hide other members. Truncated or malformed text yields the members before the defect.
 *
 * <p>Takes linear time and constant memory.
 */
public final class JsonMembers {
    private final String text;
    private int at;

    private JsonMembers(String text) {
        this.text = text;
    }

    /** Receives the members in order. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Called for each member. A name may occur more than once.
         *
         * @param start the index in the text where the value begins
         * @param end the index where it ends, exclusive
         */
        void member(String name, int start, int end);
    }

    /**
     * Visits the members.
     *
     * @return whether the text is a single object, surrounded only by whitespace
     */
    public static boolean visit(String json, Visitor visitor) {
        return new JsonMembers(json).object(visitor);
    }

    /** Returns the string at these indices of the text, or null if the value isn't a string. */
    public static @Nullable String string(String json, int start, int end) {
        if (start >= end || json.charAt(start) != '"') {
            return null;
        }
        try {
            return LexValue.parseJson(json.substring(start, end), ReadOptions.LENIENT) instanceof LexString string
                    ? string.value()
                    : null;
        } catch (LexException e) {
            return null;
        }
    }

    private boolean object(Visitor visitor) {
        if (text.startsWith("\uFEFF")) {
            at++;
        }
        if (!next('{')) {
            return false;
        }
        if (next('}')) {
            return isAtEnd();
        }
        do {
            skipSpace();
            int nameStart = at;
            if (!skipString()) {
                return false;
            }
            String name = string(text, nameStart, at);
            if (!next(':')) {
                return false;
            }
            skipSpace();
            int start = at;
            if (!skipValue()) {
                return false;
            }
            if (name != null) {
                visitor.member(name, start, at);
            }
        } while (next(','));
        return next('}') && isAtEnd();
    }

    private boolean isAtEnd() {
        skipSpace();
        return at == text.length();
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean next(char expected) {
        skipSpace();
        if (at < text.length() && text.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    private boolean skipValue() {
        int depth = 0;
        int start = at;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                if (!skipString()) {
                    return false;
                }
                if (depth == 0) {
                    return true;
                }
                continue;
            }
            if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                if (depth == 0) {
                    return at > start;
                }
                if (--depth == 0) {
                    at++;
                    return true;
                }
            } else if (depth == 0 && " \t\r\n,".indexOf(c) >= 0) {
                return at > start;
            }
            at++;
        }
        return false;
    }

    private boolean skipString() {
        if (at >= text.length() || text.charAt(at) != '"') {
            return false;
        }
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return true;
            }
            if (c == '\\') {
                at++;
            }
        }
        return false;
    }
}
