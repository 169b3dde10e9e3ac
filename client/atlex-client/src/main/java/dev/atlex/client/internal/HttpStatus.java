package dev.atlex.client.internal;

import dev.atlex.client.transport.HttpHeaders;
import java.util.Map;
import java.util.Set;

/** What HTTP's statuses mean to XRPC. */
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

    /** Those of RFC 9110, and the two whose value changes when the body is decoded. */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "content-length",
            "content-encoding");

    private HttpStatus() {}

    /** Whether the same request may succeed later. */
    public static boolean isRetryable(int status) {
        return RETRYABLE.contains(status);
    }

    /** The error's name where the body gives none. */
    static String error(int status) {
        return ERRORS.getOrDefault(status, status >= 500 ? "UpstreamFailure" : "InvalidRequest");
    }

    /** The headers that may be passed on to another connection. */
    public static HttpHeaders withoutHopByHop(HttpHeaders headers) {
        HttpHeaders.Builder kept = headers.toBuilder();
        HOP_BY_HOP.forEach(kept::remove);
        for (String listed : headers.all("connection")) {
            for (String name : listed.split(",")) {
                if (!name.isBlank()) {
                    kept.remove(name.strip());
                }
            }
        }
        return kept.build();
    }
}
