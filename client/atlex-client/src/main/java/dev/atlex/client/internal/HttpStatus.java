package dev.atlex.client.internal;

import java.util.Map;
import java.util.Set;

/** HTTP statuses and their meaning in XRPC. */
public final class HttpStatus {
    private static final Set<Integer> RETRYABLE = Set.of(408, 425, 429, 500, 502, 503, 504, 522, 524);

    private static final Map<Integer, String> ERRORS = Map.ofEntries(
            Map.entry(400, "InvalidRequest"),
            Map.entry(401, "AuthenticationRequired"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "XRPCNotSupported"),
            Map.entry(406, "NotAcceptable"),
            Map.entry(413, "PayloadTooLarge"),
            Map.entry(415, "UnsupportedMediaType"),
            Map.entry(429, "RateLimitExceeded"),
            Map.entry(500, "InternalServerError"),
            Map.entry(501, "MethodNotImplemented"),
            Map.entry(502, "UpstreamFailure"),
            Map.entry(503, "NotEnoughResources"),
            Map.entry(504, "UpstreamTimeout"));

    private HttpStatus() {}

    /** Returns whether the same request may succeed later. */
    public static boolean isRetryable(int status) {
        return RETRYABLE.contains(status);
    }

    /** Returns the name for an error whose body contains none. */
    static String error(int status) {
        return ERRORS.getOrDefault(status, status >= 500 ? "UpstreamFailure" : "InvalidRequest");
    }
}
