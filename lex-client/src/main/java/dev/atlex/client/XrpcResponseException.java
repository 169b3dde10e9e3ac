package dev.atlex.client;

import dev.atlex.client.internal.ErrorPayload;
import dev.atlex.client.internal.Statuses;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.data.LexValue;
import dev.atlex.schema.Method;
import org.jspecify.annotations.Nullable;

/** The server refused: an answer with a status of 400 or more. */
public class XrpcResponseException extends XrpcException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient HttpHeaders headers;
    private final transient @Nullable LexValue payload;
    private final @Nullable String serverMessage;

    /**
     * @param payload the body, where it is JSON: of a proper answer a map with {@code error} and {@code message}; null for
     *     an HTML page of a proxy, say
     */
    public XrpcResponseException(Method<?> method, int status, HttpHeaders headers, @Nullable LexValue payload) {
        this(method, status, headers, payload, ErrorPayload.of(status, payload));
    }

    private XrpcResponseException(
            Method<?> method, int status, HttpHeaders headers, @Nullable LexValue payload, ErrorPayload error) {
        super(method, error.error(), error.describe(method.nsid(), status), null);
        this.status = status;
        this.headers = headers;
        this.payload = payload;
        this.serverMessage = error.message();
    }

    /** The HTTP status, 400 or more. */
    public final int status() {
        return status;
    }

    /** The answer's headers. */
    public final HttpHeaders headers() {
        return headers;
    }

    /** The body where it is JSON, or null. */
    public final @Nullable LexValue payload() {
        return payload;
    }

    /** The server's own words, or null where it gave none. */
    public final @Nullable String serverMessage() {
        return serverMessage;
    }

    /** What the server said of its limits, or null. */
    public final @Nullable RateLimit rateLimit() {
        return RateLimit.of(headers);
    }

    @Override
    public boolean retryable() {
        return Statuses.isRetryable(status);
    }

    /** A 500 of the server's becomes a 502: the fault is behind us, not ours. */
    @Override
    public final DownstreamError toDownstream() {
        return new DownstreamError(
                status == 500 ? 502 : status, Statuses.withoutHopByHop(headers), error(), serverMessage);
    }
}
