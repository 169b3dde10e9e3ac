package dev.atlex.client.internal;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an answer with a status of 400 or more says.
 *
 * @param error the error's name
 * @param message the server's words, or null
 */
public record ErrorPayload(String error, @Nullable String message) {
    private static final int MAX_SHOWN = 500;
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\u2028\u2029]+");

    /** @param payload the body where it is JSON, or null */
    public static ErrorPayload of(int status, @Nullable LexValue payload) {
        if (payload instanceof LexMap map) {
            String error = map.getString("error");
            boolean proper = error != null
                    && !error.isEmpty()
                    && (!map.containsKey("message") || map.getString("message") != null);
            if (proper && error != null) {
                return new ErrorPayload(error, map.getString("message"));
            }
        }
        return new ErrorPayload(Statuses.error(status), null);
    }

    /** One line for people: what the server says is shortened, and can't fake a second line of a log. */
    public String describe(String nsid, int status) {
        return nsid + ": " + status + " " + line(error)
                + (message == null || message.isEmpty() ? "" : ": " + line(message));
    }

    private static String line(String text) {
        String shown = text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
        return CONTROLS.matcher(shown).replaceAll(" ");
    }
}
