package dev.atlex.client.transport;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One HTTP request, immutable. XRPC knows two methods, GET and POST, and so does this. */
public final class TransportRequest {
    /** What {@link #maxResponseBytes()} is if nothing else was said: 16 MiB. */
    public static final long DEFAULT_MAX_RESPONSE_BYTES = 16L << 20;

    /** What the connection itself is made of: the transport's affair, and dangerous in a caller's hand. */
    private static final List<String> FORBIDDEN_HEADERS =
            List.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

    private final String method;
    private final URI uri;
    private final HttpHeaders headers;
    private final @Nullable RequestBody body;
    private final @Nullable Duration timeout;
    private final long maxResponseBytes;

    private TransportRequest(Builder builder) {
        this.method = builder.method;
        this.uri = builder.uri;
        this.headers = builder.headers;
        this.body = builder.body;
        this.timeout = builder.timeout;
        this.maxResponseBytes = builder.maxResponseBytes;
    }

    /**
     * A builder of a GET.
     *
     * @param uri absolute, {@code http} or {@code https}, with a host, without user information
     * @throws IllegalArgumentException if it is not
     */
    public static Builder get(URI uri) {
        return new Builder("GET", uri);
    }

    /**
     * A builder of a POST; without a body it has the length 0.
     *
     * @param uri absolute, {@code http} or {@code https}, with a host, without user information
     * @throws IllegalArgumentException if it is not
     */
    public static Builder post(URI uri) {
        return new Builder("POST", uri);
    }

    /** A builder that starts with this request. */
    public Builder toBuilder() {
        Builder builder = new Builder(method, uri);
        builder.headers = headers;
        builder.body = body;
        builder.timeout = timeout;
        builder.maxResponseBytes = maxResponseBytes;
        return builder;
    }

    /** {@code GET} or {@code POST}. */
    public String method() {
        return method;
    }

    public URI uri() {
        return uri;
    }

    public HttpHeaders headers() {
        return headers;
    }

    /** The body of a POST, or null for none. */
    public @Nullable RequestBody body() {
        return body;
    }

    /**
     * The time limit of the whole call: connecting, sending, waiting, and receiving the body. Null for the transport's
     * own limit.
     */
    public @Nullable Duration timeout() {
        return timeout;
    }

    /** The most bytes that the body of the response may have after decompression. */
    public long maxResponseBytes() {
        return maxResponseBytes;
    }

    /** The same request without its body, to be described and not to be sent. */
    TransportRequest withoutBody() {
        return body == null ? this : new TransportRequest(toBuilder().body(null));
    }

    /** Method, host and path, without query: what a message may show. */
    String describe() {
        StringBuilder text = new StringBuilder(method).append(' ').append(uri.getHost());
        if (uri.getPort() >= 0) {
            text.append(':').append(uri.getPort());
        }
        return text.append(uri.getRawPath()).toString();
    }

    /** Method, URI without query, and headers without credentials. */
    @Override
    public String toString() {
        return "TransportRequest[" + describe() + ", headers=" + headers + ", body=" + body + "]";
    }

    /** Collects the parts of a request; not safe for use by several threads. */
    public static final class Builder {
        private final String method;
        private URI uri;
        private HttpHeaders headers = HttpHeaders.of();
        private @Nullable RequestBody body;
        private @Nullable Duration timeout;
        private long maxResponseBytes = DEFAULT_MAX_RESPONSE_BYTES;

        private Builder(String method, URI uri) {
            this.method = method;
            this.uri = checked(uri);
        }

        /**
         * @throws IllegalArgumentException if the URI is not absolute, not {@code http} or {@code https}, has no host or
         *     has user information
         */
        public Builder uri(URI uri) {
            this.uri = checked(uri);
            return this;
        }

        /**
         * Replaces all headers.
         *
         * @throws IllegalArgumentException if there is one that belongs to the transport: {@code connection},
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

        /** Sets the body of a POST; null for none. */
        public Builder body(@Nullable RequestBody body) {
            this.body = body;
            return this;
        }

        /**
         * Sets the time limit of the whole call; null for the transport's own.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder timeout(@Nullable Duration timeout) {
            if (timeout != null) {
                JdkTransport.requirePositive("timeout", timeout);
            }
            this.timeout = timeout;
            return this;
        }

        /**
         * Sets the bound on the body of the response, in bytes after decompression, 0 or more. The default is
         * {@value TransportRequest#DEFAULT_MAX_RESPONSE_BYTES}.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder maxResponseBytes(long maxResponseBytes) {
            if (maxResponseBytes < 0) {
                throw new IllegalArgumentException("maxResponseBytes is negative: " + maxResponseBytes);
            }
            this.maxResponseBytes = maxResponseBytes;
            return this;
        }

        /** @throws IllegalArgumentException for a GET with a body, or a {@code content-type} without a body */
        public TransportRequest build() {
            if (body != null && method.equals("GET")) {
                throw new IllegalArgumentException("a GET has no body");
            }
            // Servers refuse a POST that announces a type and has no content.
            if (body == null && headers.first("content-type") != null) {
                throw new IllegalArgumentException("the header content-type is set, but there is no body");
            }
            return new TransportRequest(this);
        }

        private static URI checked(URI uri) {
            Objects.requireNonNull(uri, "uri");
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (!scheme.equals("http") && !scheme.equals("https")) {
                throw new IllegalArgumentException("the URI of a request must begin with http: or https:");
            }
            // The URI itself is not shown: its authority may hold a password.
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
