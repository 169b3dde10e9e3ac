package dev.atlex.oauth.internal.signin;

import dev.atlex.oauth.internal.server.Form;
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
            for (Map.Entry<String, String> parameter : Form.decode(query)) {
                if (parameters.put(parameter.getKey(), parameter.getValue()) != null) {
                    return null;
                }
            }
        } catch (IllegalArgumentException e) {
            return null;
        }
        return parameters;
    }
}
