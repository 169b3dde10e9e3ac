package dev.atlex.client;

import dev.atlex.client.transport.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A successful answer, whole.
 *
 * @param status the HTTP status, from 200 to 299
 * @param headers the answer's headers
 * @param encoding the body's media type without parameters, or null where there is no body
 * @param body the body, checked and typed
 * @param <O> its type
 */
public record XrpcResponse<O>(
        int status, HttpHeaders headers, @Nullable String encoding, O body) {
    /** What the server said of its limits, or null. */
    public @Nullable RateLimit rateLimit() {
        return RateLimit.of(headers);
    }
}
