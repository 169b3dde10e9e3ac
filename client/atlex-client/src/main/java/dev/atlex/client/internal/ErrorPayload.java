package dev.atlex.client.internal;

import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import org.jspecify.annotations.Nullable;

/**
 * The error in a response with a status of 400 or more.
 *
 * @param error the error's name
 * @param message the server's message, or null
 * @param words the text of a body that isn't an XRPC error, to be shown instead; or null
 */
public record ErrorPayload(
        String error, @Nullable String message, @Nullable String words) {
    /** The two fields of an XRPC error, each null if it is absent or not a string. */
    record Fields(@Nullable String error, @Nullable String message) {}

    /** Reads an error. Either field may be missing. Without {@code error}, the status determines the name. */
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

    static Fields fields(KeptBody body) {
        return fields(body.text(), body.payload());
    }

    private static Fields fields(@Nullable String text, @Nullable LexValue payload) {
        if (payload instanceof LexMap map) {
            return new Fields(map.getString("error"), map.getString("message"));
        }
        return payload == null && text != null ? ErrorFields.in(text) : new Fields(null, null);
    }

    /** Describes the error on one line. The server's text is shortened and can't forge a second log line. */
    public String describe(String nsid, int status) {
        String shown = ShownText.line(message == null ? "" : message);
        String more = ShownText.line(words == null ? "" : words);
        return nsid + ": " + status + " " + ShownText.line(error)
                + (shown.isEmpty() ? "" : ": " + shown)
                + (more.isEmpty() ? "" : ": " + more);
    }
}
