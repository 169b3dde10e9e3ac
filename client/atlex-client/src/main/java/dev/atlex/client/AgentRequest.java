package dev.atlex.client;

import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.client.transport.TransportRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A request without a server: an {@link Agent} adds the server's address and the credentials. Immutable. */
public final class AgentRequest {
    private final boolean post;
    private final String path;
    private final HttpHeaders headers;
    private final @Nullable RequestBody body;
    private final @Nullable Duration timeout;
    private final @Nullable Deadline deadline;
    private final long maxResponseBytes;
    private final int attempt;

    private AgentRequest(
            boolean post,
            String path,
            HttpHeaders headers,
            @Nullable RequestBody body,
            @Nullable Duration timeout,
            @Nullable Deadline deadline,
            long maxResponseBytes,
            int attempt) {
        this.post = post;
        this.path = path;
        this.headers = headers;
        this.body = body;
        this.timeout = timeout;
        this.deadline = deadline;
        this.maxResponseBytes = maxResponseBytes;
        this.attempt = attempt;
    }

    private static AgentRequest of(boolean post, String path, @Nullable RequestBody body) {
        // A path with two slashes would select a different host, and the credentials would be sent there.
        if (!path.startsWith("/") || path.startsWith("//")) {
            throw new IllegalArgumentException("the path must begin with one slash");
        }
        return new AgentRequest(
                post, path, HttpHeaders.of(), body, null, null, TransportRequest.DEFAULT_MAX_RESPONSE_BYTES, 1);
    }

    /**
     * Creates a GET.
     *
     * @param path the path from the server's root, with the query: {@code /xrpc/com.atproto.server.getSession}
     * @throws IllegalArgumentException if the path doesn't begin with exactly one slash
     */
    public static AgentRequest get(String path) {
        return of(false, path, null);
    }

    /**
     * Creates a POST.
     *
     * @param path the path from the server's root, with the query
     * @param body the body, or null if there is none
     * @throws IllegalArgumentException if the path doesn't begin with exactly one slash
     */
    public static AgentRequest post(String path, @Nullable RequestBody body) {
        return of(true, path, body);
    }

    /** Returns whether this is a POST; otherwise it is a GET. */
    public boolean post() {
        return post;
    }

    /** Returns the path from the server's root, with the query. */
    public String path() {
        return path;
    }

    /** Returns the headers, to which an agent adds {@code Authorization}. */
    public HttpHeaders headers() {
        return headers;
    }

    /** Returns the body, or null if there is none. */
    public @Nullable RequestBody body() {
        return body;
    }

    /**
     * Returns the time limit for the whole exchange, or null for the transport's own limit. If the request has a
     * {@linkplain #withDeadline deadline}, this is the time left until then.
     */
    public @Nullable Duration timeout() {
        return deadline == null ? timeout : deadline.left();
    }

    /**
     * Returns the deadline of the call that this request belongs to. A request with a {@linkplain #withTimeout timeout}
     * starts a new deadline on each call to this method, so an agent must call it only once.
     */
    public Deadline deadline() {
        return deadline(System::nanoTime);
    }

    /**
     * Like {@link #deadline()}, with a different source of time for a new deadline.
     *
     * @param nanoTime a replacement for {@link System#nanoTime}
     */
    public Deadline deadline(LongSupplier nanoTime) {
        return deadline == null ? Deadline.in(timeout, nanoTime) : deadline;
    }

    /** Returns the maximum size of the response's body, in bytes after decompression. */
    public long maxResponseBytes() {
        return maxResponseBytes;
    }

    /** Returns the same request with these headers instead of its own. */
    public AgentRequest withHeaders(HttpHeaders headers) {
        Objects.requireNonNull(headers, "headers");
        return new AgentRequest(post, path, headers, body, timeout, deadline, maxResponseBytes, attempt);
    }

    /** Returns the same request with a time limit that starts when it is sent; null for the transport's own limit. */
    public AgentRequest withTimeout(@Nullable Duration timeout) {
        return new AgentRequest(post, path, headers, body, timeout, null, maxResponseBytes, attempt);
    }

    /** Returns the same request with a time limit that has already started. */
    public AgentRequest withDeadline(Deadline deadline) {
        Objects.requireNonNull(deadline, "deadline");
        return new AgentRequest(post, path, headers, body, null, deadline, maxResponseBytes, attempt);
    }

    /** Returns the same request with a different maximum size of the response's body, in bytes after decompression. */
    public AgentRequest withMaxResponseBytes(long maxResponseBytes) {
        return new AgentRequest(post, path, headers, body, timeout, deadline, maxResponseBytes, attempt);
    }

    /** Returns the number of this attempt of a call, from 1. */
    public int attempt() {
        return attempt;
    }

    /**
     * Returns the same request as another attempt at its call.
     *
     * @param attempt the number of the attempt, from 1
     */
    public AgentRequest withAttempt(int attempt) {
        return new AgentRequest(post, path, headers, body, timeout, deadline, maxResponseBytes, attempt);
    }

    /** Returns whether the request can be sent a second time. */
    public boolean isReplayable() {
        return body == null || body.isReplayable();
    }

    /**
     * Returns this request, addressed to a server.
     *
     * @param service an http or https URL; its path is ignored, because XRPC paths start at the root
     */
    public TransportRequest to(URI service) {
        URI uri = service.resolve(path);
        TransportRequest.Builder request = (post ? TransportRequest.post(uri) : TransportRequest.get(uri))
                .headers(headers)
                .body(body)
                .maxResponseBytes(maxResponseBytes)
                .attempt(attempt);
        return (deadline == null ? request.timeout(timeout) : request.deadline(deadline)).build();
    }

    /** Returns the method, the path without query, and the headers without credentials, for logs. */
    @Override
    public String toString() {
        int query = path.indexOf('?');
        return "AgentRequest[" + (post ? "POST " : "GET ") + (query < 0 ? path : path.substring(0, query))
                + ", headers=" + headers + ", body=" + body + "]";
    }
}
