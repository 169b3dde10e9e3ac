package dev.atlex.client.internal;

import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import org.jspecify.annotations.Nullable;

/**
 * What an answer with a status of 400 or more says.
 *
 * @param error the error's name
 * @param message the server's words, or null
 * @param words what else a message shows: a body that is not an XRPC error, or null
 */
public record ErrorPayload(
        String error, @Nullable String message, @Nullable String words) {
    /** The two fields that an XRPC error has, each null if it is absent or not a string. */
    record Fields(@Nullable String error, @Nullable String message) {}

    /**
     * Reads an error. Each field counts for itself: {@code error} without a {@code message}, or with null, is one, and a
     * {@code message} alone is shown with the name that the status has.
     */
    public static ErrorPayload of(
            String nsid, int status, HttpHeaders headers, @Nullable String text, @Nullable LexValue payload) {
        Fields fields = fields(text, payload);
        String name = fields.error();
        boolean named = name != null && !name.isBlank();
        String message = fields.message();
        boolean explained = named || message != null && !message.isBlank();
        return new ErrorPayload(
                named && name != null ? name : HttpStatus.error(status),
                message,
                explained ? null : ShownText.ofBody(nsid, headers, text));
    }

    /** The {@code error} of a body, or null if it has none: of JSON of any media type, even if it is cut off. */
    public static @Nullable String name(HttpHeaders headers, byte[] body) {
        KeptBody kept = KeptBody.of(headers, body);
        return fields(kept.text(), kept.payload()).error();
    }

    private static Fields fields(@Nullable String text, @Nullable LexValue payload) {
        if (payload instanceof LexMap map) {
            return new Fields(map.getString("error"), map.getString("message"));
        }
        return payload == null && text != null ? ErrorFields.in(text) : new Fields(null, null);
    }

    /** One line for people: what the server says is shortened, and can't fake a second line of a log. */
    public String describe(String nsid, int status) {
        String shown = ShownText.line(message == null ? "" : message);
        String more = ShownText.line(words == null ? "" : words);
        return nsid + ": " + status + " " + ShownText.line(error)
                + (shown.isEmpty() ? "" : ": " + shown)
                + (more.isEmpty() ? "" : ": " + more);
    }
}
