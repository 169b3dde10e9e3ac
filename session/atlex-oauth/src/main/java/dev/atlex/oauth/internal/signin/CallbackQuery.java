package dev.atlex.oauth.internal.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters that a server adds to the redirect URI. */
final class CallbackQuery {
    private CallbackQuery() {}

    /**
     * Decodes a query.
     *
     * @return null if the encoding is malformed, or a parameter occurs twice, which OAuth forbids
     */
    static @Nullable Map<String, String> parse(String query) {
        Map<String, String> parameters = new HashMap<>();
        try {
            for (String pair : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), UTF_8);
                String value = equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), UTF_8);
                if (!name.isEmpty() && parameters.put(name, value) != null) {
                    return null;
                }
            }
        } catch (IllegalArgumentException e) {
            return null;
        }
        return parameters;
    }
}
