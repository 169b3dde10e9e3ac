package dev.atlex.client.transport;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a request or a response: an immutable list of names and values. A name may occur more than once, keeps
 * its spelling, and is looked up ignoring case.
 *
 * <p>A name must be a token as defined by RFC 9110. A value must not contain ASCII control characters, except tabs, or
 * characters above U+00FF. Otherwise, an {@link IllegalArgumentException} is thrown. It contains the name but never the
 * value. {@link #toString()} hides credentials.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5">RFC 9110, section 5</a>
 */
public final class HttpHeaders {
    private static final HttpHeaders EMPTY = new HttpHeaders(new String[0]);
    private static final Set<String> SECRET;

    static {
        Set<String> secret = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        secret.addAll(List.of("authorization", "proxy-authorization", "cookie", "set-cookie", "dpop"));
        SECRET = Collections.unmodifiableSet(secret);
    }

    /** Name, value, name, value… */
    private final String[] pairs;

    private HttpHeaders(String[] pairs) {
        this.pairs = pairs;
    }

    /** Returns an empty list of headers. */
    public static HttpHeaders of() {
        return EMPTY;
    }

    /**
     * Returns headers with these names and values, in order.
     *
     * @param namesAndValues a name, its value, the next name, its value…
     * @throws IllegalArgumentException if the last name lacks a value, or a name or a value is malformed
     */
    public static HttpHeaders of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("header names and values must come in pairs");
        }
        Builder builder = builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build();
    }

    /**
     * Returns the headers of a response. They aren't checked, because they have already been parsed and are never sent.
     */
    static HttpHeaders received(Map<String, List<String>> headers, Set<String> without) {
        List<String> pairs = new ArrayList<>(headers.size() * 2);
        headers.forEach((name, values) -> {
            // HTTP/2 lists ":status" as a header.
            if (!name.startsWith(":") && !without.contains(name.toLowerCase(Locale.ROOT))) {
                for (String value : values) {
                    pairs.add(name);
                    pairs.add(value);
                }
            }
        });
        return pairs.isEmpty() ? EMPTY : new HttpHeaders(pairs.toArray(new String[0]));
    }

    /** Returns a builder without headers. */
    public static Builder builder() {
        return new Builder(new ArrayList<>());
    }

    /** Returns a builder that starts with these headers. */
    public Builder toBuilder() {
        return new Builder(new ArrayList<>(Arrays.asList(pairs)));
    }

    /** Returns the first value of a header, or null if there is none. */
    public @Nullable String first(String name) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equalsIgnoreCase(name)) {
                return pairs[i + 1];
            }
        }
        return null;
    }

    /** Returns all values of a header in order, or an empty list if there are none. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(1);
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equalsIgnoreCase(name)) {
                values.add(pairs[i + 1]);
            }
        }
        return Collections.unmodifiableList(values);
    }

    /** Returns the names as a set that ignores case. Each name occurs once, in its first spelling. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < pairs.length; i += 2) {
            names.add(pairs[i]);
        }
        return Collections.unmodifiableSet(names);
    }

    /** Calls the action with each name and value, in order. A name with two values occurs twice. */
    public void forEach(BiConsumer<? super String, ? super String> action) {
        for (int i = 0; i < pairs.length; i += 2) {
            action.accept(pairs[i], pairs[i + 1]);
        }
    }

    /**
     * Returns whether the other object has the same names, ignoring case, each with the same values in the same order.
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof HttpHeaders that && grouped().equals(that.grouped()));
    }

    @Override
    public int hashCode() {
        return grouped().hashCode();
    }

    private Map<String, List<String>> grouped() {
        Map<String, List<String>> map = new HashMap<>();
        forEach((name, value) -> map.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>(1))
                .add(value));
        return map;
    }

    /** Returns the names and values, with the values of headers that carry credentials replaced. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        forEach((name, value) -> text.append(text.length() > 1 ? ", " : "")
                .append(name)
                .append(": ")
                .append(SECRET.contains(name) ? "[redacted]" : value));
        return text.append('}').toString();
    }

    /** Builds {@link HttpHeaders}. Not thread-safe. */
    public static final class Builder {
        private final List<String> pairs;

        private Builder(List<String> pairs) {
            this.pairs = pairs;
        }

        /**
         * Adds a value to those that the header already has.
         *
         * @throws IllegalArgumentException if the name or the value is malformed
         */
        public Builder add(String name, String value) {
            check(name, value);
            pairs.add(name);
            pairs.add(value);
            return this;
        }

        /**
         * Replaces the values of a header.
         *
         * @throws IllegalArgumentException if the name or the value is malformed; in that case, nothing is changed
         */
        public Builder set(String name, String value) {
            check(name, value);
            return remove(name).add(name, value);
        }

        /** Removes a header, if it exists. */
        public Builder remove(String name) {
            for (int i = pairs.size() - 2; i >= 0; i -= 2) {
                if (pairs.get(i).equalsIgnoreCase(name)) {
                    pairs.subList(i, i + 2).clear();
                }
            }
            return this;
        }

        /** Builds the headers. */
        public HttpHeaders build() {
            return pairs.isEmpty() ? EMPTY : new HttpHeaders(pairs.toArray(new String[0]));
        }

        private static void check(String name, String value) {
            if (name.isEmpty() || tokenEnd(name) < name.length()) {
                throw new IllegalArgumentException("not a header name: \"" + printable(name) + "\"");
            }
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
                    throw new IllegalArgumentException(String.format(
                            "the value of the header %s has the character U+%04X at index %d, which is not allowed",
                            name, (int) c, i));
                }
            }
        }

        private static boolean isTokenChar(int c) {
            return (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
        }

        /**
         * Shows a name up to its first invalid character, because a caller may have passed a whole header line,
         * including the value.
         */
        private static String printable(String name) {
            int end = tokenEnd(name);
            return end == name.length() ? name : name.substring(0, end) + "…";
        }

        /** Returns the index of a name's first invalid character, or its length. */
        private static int tokenEnd(String name) {
            int end = 0;
            while (end < name.length() && isTokenChar(name.charAt(end))) {
                end++;
            }
            return end;
        }
    }
}
