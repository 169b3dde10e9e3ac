package dev.atlex.oauth.internal.server;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A pushed authorization request that the server has accepted.
 *
 * @param requestUri refers to the request, in the URL for the browser
 * @param expiresIn how long the server keeps the request; null if it doesn't say
 */
public record PushedRequest(String requestUri, @Nullable Duration expiresIn) {
    /** Doesn't show the reference, which continues the sign-in. */
    @Override
    public String toString() {
        return "PushedRequest[expiresIn=" + expiresIn + "]";
    }
}
