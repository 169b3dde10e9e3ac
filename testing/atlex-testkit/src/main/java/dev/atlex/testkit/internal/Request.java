package dev.atlex.testkit.internal;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request.
 *
 * @param path the path, percent-encoded as it was sent
 * @param query the query string, percent-encoded as it was sent; empty if there is none
 * @param headers the headers by lowercase name; the values of a repeated header are joined with commas
 * @param oversized whether the body exceeded the maximum size and was cut off
 * @param remote the client's address
 * @param port the local port that received it
 */
public record Request(
        String method,
        String path,
        String query,
        Map<String, String> headers,
        byte[] body,
        boolean oversized,
        String remote,
        int port) {

    /** Returns a header, or null if the request lacks it. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** Returns whether the request announced a body, possibly an empty one. */
    boolean announcesBody() {
        return headers.containsKey("content-length") || headers.containsKey("transfer-encoding");
    }

    /** Returns the XRPC method of a path {@code /xrpc/…}, or null for other paths. */
    public @Nullable String nsid() {
        return path.startsWith("/xrpc/") ? path.substring("/xrpc/".length()) : null;
    }
}
