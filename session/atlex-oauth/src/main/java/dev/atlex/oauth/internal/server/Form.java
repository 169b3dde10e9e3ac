package dev.atlex.oauth.internal.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads and writes {@code application/x-www-form-urlencoded}, which is also the format of query strings. */
public final class Form {
    static final String MEDIA_TYPE = "application/x-www-form-urlencoded";

    private Form() {}

    static String encode(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field ->
                        URLEncoder.encode(field.getKey(), UTF_8) + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    /**
     * Decodes a form or a query in order. Parameters without a name are omitted.
     *
     * @throws IllegalArgumentException if the percent encoding is malformed
     */
    public static List<Map.Entry<String, String>> decode(String form) {
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), UTF_8);
            if (!name.isEmpty()) {
                parameters.add(Map.entry(name, equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), UTF_8)));
            }
        }
        return parameters;
    }
}
