package dev.atlex.testkit.internal.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import dev.atlex.data.internal.MediaType;
import dev.atlex.testkit.internal.Query;
import dev.atlex.testkit.internal.Request;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads parameters from forms, and from JSON, which the reference server also accepts. */
final class Forms {
    private Forms() {}

    /** Returns the parameters, with the first value of those that are repeated. */
    static Map<String, String> parameters(Request request) {
        String type = MediaType.essence(request.header("content-type"));
        String body = new String(request.body(), UTF_8);
        if ("application/x-www-form-urlencoded".equals(type)) {
            return first(new Query(body));
        }
        if (MediaType.JSON.equals(type)) {
            return json(body);
        }
        throw OAuthError.invalidRequest("Unsupported content-type: " + type);
    }

    static Map<String, String> first(Query query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        query.names().forEach(name -> parameters.put(name, query.first(name, "")));
        return parameters;
    }

    private static Map<String, String> json(String body) {
        Map<String, String> parameters = new LinkedHashMap<>();
        try {
            if (LexValue.parseJson(body) instanceof LexMap map) {
                map.forEach((name, value) -> {
                    if (value instanceof LexString string) {
                        parameters.put(name, string.value());
                    }
                });
                return parameters;
            }
        } catch (LexDataException e) {
            // Rejected below.
        }
        throw OAuthError.invalidRequest("Invalid JSON");
    }
}
