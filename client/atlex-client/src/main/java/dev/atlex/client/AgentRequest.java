package dev.atlex.client;

import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.client.transport.TransportRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request that does not know its server yet.
 *
 * @param post whether it is a POST; otherwise it is a GET
 * @param path from the server's root, with the query: {@code /xrpc/com.atproto.server.getSession}
 * @param headers without {@code Authorization}, which is an agent's to set
 * @param body null for none
 * @param timeout for the whole exchange, or null for the transport's own
 * @param maxResponseBytes how long the response's body may be
 */
public record AgentRequest(
        boolean post,
        String path,
        HttpHeaders headers,
        @Nullable RequestBody body,
        @Nullable Duration timeout,
        long maxResponseBytes) {
    public AgentRequest {
        // With two slashes it would name another host, to which the credentials would go.
        if (!path.startsWith("/") || path.startsWith("//")) {
            throw new IllegalArgumentException("the path must begin with one slash");
        }
        Objects.requireNonNull(headers, "headers");
    }

    /** A GET without a body. */
    public static AgentRequest get(String path) {
        return new AgentRequest(false, path, HttpHeaders.of(), null, null, TransportRequest.DEFAULT_MAX_RESPONSE_BYTES);
    }

    /** A POST with a body or none. */
    public static AgentRequest post(String path, @Nullable RequestBody body) {
        return new AgentRequest(true, path, HttpHeaders.of(), body, null, TransportRequest.DEFAULT_MAX_RESPONSE_BYTES);
    }

    public AgentRequest withHeaders(HttpHeaders headers) {
        return new AgentRequest(post, path, headers, body, timeout, maxResponseBytes);
    }

    public AgentRequest withTimeout(@Nullable Duration timeout) {
        return new AgentRequest(post, path, headers, body, timeout, maxResponseBytes);
    }

    /** Whether it can be sent a second time. */
    public boolean isReplayable() {
        return body == null || body.isReplayable();
    }

    /**
     * The request to that server.
     *
     * @param service an http or https URL; a path in it is ignored, as XRPC lives at the root
     */
    public TransportRequest to(URI service) {
        URI uri = service.resolve(path);
        return (post ? TransportRequest.post(uri) : TransportRequest.get(uri))
                .headers(headers)
                .body(body)
                .timeout(timeout)
                .maxResponseBytes(maxResponseBytes)
                .build();
    }

    /** Method, path without query, and headers without credentials: for a log. */
    @Override
    public String toString() {
        int query = path.indexOf('?');
        return "AgentRequest[" + (post ? "POST " : "GET ") + (query < 0 ? path : path.substring(0, query))
                + ", headers=" + headers + ", body=" + body + "]";
    }
}
