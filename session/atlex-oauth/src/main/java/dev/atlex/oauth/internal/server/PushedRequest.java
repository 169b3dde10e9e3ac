package dev.atlex.oauth.internal.server;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A pushed authorization request that the server has accepted.
 *
 * @param requestUri the reference to the request, for the URL that the browser opens
 * @param expiresIn the time for which the server keeps the request; null if it doesn't specify one
 */
public record PushedRequest(String requestUri, @Nullable Duration expiresIn) {
    /** Returns a description without the reference, which is a secret. */
    @Override
    public String toString() {
        return "PushedRequest[expiresIn=" + expiresIn + "]";
    }
}
