package dev.atlex.testkit.internal.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.testkit.internal.Query;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A parsed scope, such as {@code repo:app.bsky.feed.post?action=create}: a prefix, a value after the colon, and
 * parameters. Written independently of the client's scope types, so that the server doesn't share their bugs.
 *
 * @param positional the value after the colon, decoded, or null
 */
record ScopeSyntax(String prefix, @Nullable String positional, Query parameters) {
    /** The characters that the reference server leaves unencoded, besides letters, digits and {@code -_.*}. */
    private static final Map<String, String> UNENCODED =
            Map.of("%3A", ":", "%2F", "/", "%2B", "+", "%2C", ",", "%40", "@");

    static ScopeSyntax of(String scope) {
        int question = scope.indexOf('?');
        String front = question < 0 ? scope : scope.substring(0, question);
        int colon = front.indexOf(':');
        return new ScopeSyntax(
                colon < 0 ? front : front.substring(0, colon),
                // A plus sign stands for a space in parameters only.
                colon < 0 ? null : Query.decode(front.substring(colon + 1).replace("+", "%2B")),
                new Query(question < 0 ? "" : scope.substring(question + 1)));
    }

    /** Returns the distinct scopes of a space-separated list, in order. */
    static Set<String> split(@Nullable String scopes) {
        Set<String> distinct = new LinkedHashSet<>();
        if (scopes != null) {
            distinct.addAll(List.of(scopes.split(" ", -1)));
            distinct.remove("");
        }
        return distinct;
    }

    /** Returns whether the scope has no parameters other than these. */
    boolean hasOnly(String... names) {
        return Set.of(names).containsAll(parameters.names());
    }

    /** Returns the values of a parameter, or the default if there are none. */
    List<String> all(String name, List<String> byDefault) {
        List<String> values = parameters.all(name);
        return values.isEmpty() ? byDefault : values;
    }

    /**
     * Returns the values of the parameter that may also follow the colon. Returns an empty list if they are missing or
     * given in both places.
     */
    List<String> main(String name) {
        List<String> named = parameters.all(name);
        if (positional == null) {
            return named;
        }
        return named.isEmpty() ? List.of(positional) : List.of();
    }

    /** Writes a scope as the reference server's errors show it. */
    static String write(String prefix, String positional) {
        return prefix + ":" + encoded(positional);
    }

    /** Writes a scope with one parameter. */
    static String write(String prefix, String positional, String name, String value) {
        return write(prefix, positional) + "?" + name + "=" + encoded(value);
    }

    /** Writes a scope whose main parameter follows the colon if it has one value. */
    static String write(String prefix, String main, List<String> mains, String other, List<String> others) {
        List<String> parameters = new ArrayList<>();
        if (mains.size() > 1) {
            mains.forEach(value -> parameters.add(main + "=" + encoded(value)));
        }
        others.forEach(value -> parameters.add(other + "=" + encoded(value)));
        String front = mains.size() > 1 ? prefix : write(prefix, mains.get(0));
        return parameters.isEmpty() ? front : front + "?" + String.join("&", parameters);
    }

    private static String encoded(String value) {
        String encoded = URLEncoder.encode(value, UTF_8);
        for (Map.Entry<String, String> entry : UNENCODED.entrySet()) {
            encoded = encoded.replace(entry.getKey(), entry.getValue());
        }
        return encoded;
    }
}
