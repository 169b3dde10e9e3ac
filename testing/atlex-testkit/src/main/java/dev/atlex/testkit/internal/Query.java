package dev.atlex.testkit.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The decoded parameters of a query string. */
public final class Query {
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    public Query(String query) {
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                values.computeIfAbsent(name, n -> new ArrayList<>())
                        .add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
    }

    /** Returns all values of a parameter, in order. */
    public List<String> all(String name) {
        return List.copyOf(values.getOrDefault(name, List.of()));
    }

    /** Returns the first value of a parameter, or the default if there is none. */
    public String first(String name, String byDefault) {
        List<String> all = values.getOrDefault(name, List.of());
        return all.isEmpty() ? byDefault : all.get(0);
    }

    /** Returns the names of the parameters, in order. */
    public Set<String> names() {
        return Collections.unmodifiableSet(values.keySet());
    }

    public static String decode(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
