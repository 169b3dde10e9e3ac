package dev.atlex.client.transport;

import dev.atlex.client.internal.Origins;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An immutable HTTP request: a GET or a POST, the two methods of XRPC. */
public final class TransportRequest {
    /** The default of {@link #maxResponseBytes()}: 16 MiB. */
    public static final long DEFAULT_MAX_RESPONSE_BYTES = 16L << 20;

    /** Headers of the connection itself, which the transport sets. Callers could smuggle requests with them. */
    private static final List<String> FORBIDDEN_HEADERS =
            List.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final String method;
    private final URI uri;
    private final HttpHeaders headers;
    private final @Nullable RequestBody body;
    private final @Nullable Duration timeout;
    private final @Nullable Deadline deadline;
    private final long maxResponseBytes;
    private final int attempt;

    private TransportRequest(Builder builder) {
        this.method = builder.method;
        this.uri = builder.uri;
        this.headers = builder.headers;
        this.body = builder.body;
        this.timeout = builder.timeout;
        this.deadline = builder.deadline;
        this.maxResponseBytes = builder.maxResponseBytes;
        this.attempt = builder.attempt;
    }

    /**
     * Returns a builder for a GET.
     *
     * @param uri an absolute {@code http} or {@code https} URI with a host and without user information
     * @throws IllegalArgumentException if the URI doesn't meet these requirements
     */
    public static Builder get(URI uri) {
        return new Builder("GET", uri);
    }

    /**
     * Returns a builder for a POST. Without a body, its length is 0.
     *
     * @param uri an absolute {@code http} or {@code https} URI with a host and without user information
     * @throws IllegalArgumentException if the URI doesn't meet these requirements
     */
    public static Builder post(URI uri) {
        return new Builder("POST", uri);
    }

    /** Returns a builder that starts with this request. */
    public Builder toBuilder() {
        Builder builder = new Builder(method, uri);
        builder.headers = headers;
        builder.body = body;
        builder.timeout = timeout;
        builder.deadline = deadline;
        builder.maxResponseBytes = maxResponseBytes;
        builder.attempt = attempt;
        return builder;
    }

    /** Returns {@code GET} or {@code POST}. */
    public String method() {
        return method;
    }

    /** Returns the absolute URL. */
    public URI uri() {
        return uri;
    }

    /** Returns the headers, without those that the transport sets. */
    public HttpHeaders headers() {
        return headers;
    }

    /** Returns the body of a POST, or null if there is none. */
    public @Nullable RequestBody body() {
        return body;
    }

    /**
     * Returns the time limit for the whole exchange: connecting, sending, waiting, and receiving the body. If the
     * request has a {@linkplain #deadline() deadline}, this is the time left until then. Always positive; null for the
     * transport's own limit.
     */
    public @Nullable Duration timeout() {
        if (deadline == null) {
            return timeout;
        }
        Duration left = deadline.left();
        // To some HTTP clients, zero means no limit.
        return left == null || left.compareTo(SHORTEST) > 0 ? left : SHORTEST;
    }

    /**
     * Returns the deadline of the call that this request belongs to. A request with a timeout starts a new one on each
     * call to this method, so a transport must call it only once.
     */
    public Deadline deadline() {
        return deadline == null ? Deadline.in(timeout) : deadline;
    }

    /** Returns the maximum size of the response's body, in bytes after decompression. */
    public long maxResponseBytes() {
        return maxResponseBytes;
    }

    /** Returns the number of this attempt of a call, from 1, for logs. */
    public int attempt() {
        return attempt;
    }

    /** Returns the same request without its body, for descriptions only. */
    TransportRequest withoutBody() {
        return body == null ? this : new TransportRequest(toBuilder().body(null));
    }

    /** Returns the method, host and path, without the query, for messages. */
    String describe() {
        StringBuilder text = new StringBuilder(method).append(' ').append(uri.getHost());
        if (uri.getPort() >= 0) {
            text.append(':').append(uri.getPort());
        }
        return text.append(uri.getRawPath()).toString();
    }

    /** Returns the method, the URL without query, and the headers without credentials. */
    @Override
    public String toString() {
        return "TransportRequest[" + describe() + ", headers=" + headers + ", body=" + body + "]";
    }

    /** Builds a {@link TransportRequest}. Not thread-safe. */
    public static final class Builder {
        private final String method;
        private URI uri;
        private HttpHeaders headers = HttpHeaders.of();
        private @Nullable RequestBody body;
        private @Nullable Duration timeout;
        private @Nullable Deadline deadline;
        private long maxResponseBytes = DEFAULT_MAX_RESPONSE_BYTES;
        private int attempt = 1;

        private Builder(String method, URI uri) {
            this.method = method;
            this.uri = checked(uri);
        }

        /**
         * Replaces the URI.
         *
         * @throws IllegalArgumentException if the URI isn't absolute, not {@code http} or {@code https}, has no host
         *     or has user information
         */
        public Builder uri(URI uri) {
            this.uri = checked(uri);
            return this;
        }

        /**
         * Replaces all headers.
         *
         * @throws IllegalArgumentException if the transport sets one of them: {@code connection},
         *     {@code content-length}, {@code expect}, {@code host}, {@code transfer-encoding}, {@code upgrade}
         */
        public Builder headers(HttpHeaders headers) {
            for (String name : FORBIDDEN_HEADERS) {
                if (headers.first(name) != null) {
                    throw new IllegalArgumentException(
                            "the header " + name + " is set by the transport, not the caller");
                }
            }
            this.headers = headers;
            return this;
        }

        /** Sets the body of a POST, or null for no body. */
        public Builder body(@Nullable RequestBody body) {
            this.body = body;
            return this;
        }

        /**
         * Sets the time limit for the whole exchange, which starts when the request is sent; null for the transport's
         * own limit.
         *
         * @throws IllegalArgumentException if it isn't positive
         */
        public Builder timeout(@Nullable Duration timeout) {
            if (timeout != null) {
                JdkTransport.requirePositive("timeout", timeout);
            }
            this.timeout = timeout;
            this.deadline = null;
            return this;
        }

        /**
         * Sets a time limit that has already started, which is the deadline of the call that the request belongs to.
         */
        public Builder deadline(Deadline deadline) {
            this.deadline = Objects.requireNonNull(deadline, "deadline");
            this.timeout = null;
            return this;
        }

        /**
         * Sets the maximum size of the response's body, in bytes after decompression, zero or more. The default is
         * {@value TransportRequest#DEFAULT_MAX_RESPONSE_BYTES}.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder maxResponseBytes(long maxResponseBytes) {
            if (maxResponseBytes < 0) {
                throw new IllegalArgumentException(
                        "maxResponseBytes must not be negative (got " + maxResponseBytes + ")");
            }
            this.maxResponseBytes = maxResponseBytes;
            return this;
        }

        /**
         * Sets the number of this attempt of a call, for logs. The default is 1.
         *
         * @throws IllegalArgumentException if it isn't positive
         */
        public Builder attempt(int attempt) {
            if (attempt < 1) {
                throw new IllegalArgumentException("attempt must be positive (got " + attempt + ")");
            }
            this.attempt = attempt;
            return this;
        }

        /**
         * Builds the request.
         *
         * @throws IllegalArgumentException if a GET has a body, or there is a {@code content-type} without a body
         */
        public TransportRequest build() {
            if (body != null && method.equals("GET")) {
                throw new IllegalArgumentException("a GET has no body");
            }
            // Servers reject a POST that declares a content type but has no content.
            if (body == null && headers.first("content-type") != null) {
                throw new IllegalArgumentException("the header content-type is set, but there is no body");
            }
            return new TransportRequest(this);
        }

        private static URI checked(URI uri) {
            Objects.requireNonNull(uri, "uri");
            if (!Origins.isHttp(uri)) {
                throw new IllegalArgumentException("the URI of a request must begin with http: or https:");
            }
            // The URI itself isn't shown: its authority may hold a password.
            if (uri.getRawUserInfo() != null) {
                throw new IllegalArgumentException("the URI of a request must not have a user name or password");
            }
            if (uri.getHost() == null) {
                throw new IllegalArgumentException("the URI of a request has no valid host name");
            }
            return uri;
        }
    }
}
