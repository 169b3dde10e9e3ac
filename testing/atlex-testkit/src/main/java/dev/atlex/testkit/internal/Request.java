package dev.atlex.testkit.internal;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request, wholly read.
 *
 * @param path the path as sent, still percent-encoded
 * @param query what followed the question mark, still percent-encoded; empty where there was none
 * @param headers by lower-case name; values of a repeated header are joined by a comma
 * @param oversized whether the body went past what is read at all, and was cut there
 * @param remote the client's address
 * @param port the local port that it came in by
 */
record Request(
        String method,
        String path,
        String query,
        Map<String, String> headers,
        byte[] body,
        boolean oversized,
        String remote,
        int port) {

    @Nullable
    String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** Whether the request announced a body, were it an empty one. */
    boolean announcesBody() {
        return headers.containsKey("content-length") || headers.containsKey("transfer-encoding");
    }

    /** The method's name in a path {@code /xrpc/…}, or null where the path is another. */
    @Nullable
    String nsid() {
        return path.startsWith("/xrpc/") ? path.substring("/xrpc/".length()) : null;
    }
}
