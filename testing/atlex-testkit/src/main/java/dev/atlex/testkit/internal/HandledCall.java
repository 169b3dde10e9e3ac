package dev.atlex.testkit.internal;

import dev.atlex.data.LexMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call to a method that a test implements.
 *
 * @param did the account of the request's token, or null
 * @param input the input; empty unless the body is a JSON object
 * @param headers the headers by lowercase name
 */
public record HandledCall(
        String nsid,
        boolean procedure,
        @Nullable String did,
        Query query,
        LexMap input,
        byte[] body,
        Map<String, String> headers) {

    /** A function, written by the test, that responds to calls. */
    @FunctionalInterface
    public interface Handler {
        /** Returns the output, or null for none. */
        @Nullable
        LexMap handle(HandledCall call);
    }
}
