package dev.atlex.client;

import dev.atlex.client.internal.Statuses;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.schema.Method;
import org.jspecify.annotations.Nullable;

/** An answer that is none of XRPC: a redirect, another media type than the method's, truncated or malformed JSON. */
public class XrpcInvalidResponseException extends XrpcException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient HttpHeaders headers;

    /** @param reason what is wrong with the answer */
    public XrpcInvalidResponseException(
            Method<?> method, int status, HttpHeaders headers, String reason, @Nullable Throwable cause) {
        super(method, "InvalidResponse", method.nsid() + ": " + reason + " (status " + status + ")", cause);
        this.status = status;
        this.headers = headers;
    }

    /** The HTTP status. */
    public final int status() {
        return status;
    }

    /** The answer's headers. */
    public final HttpHeaders headers() {
        return headers;
    }

    @Override
    public final boolean retryable() {
        return Statuses.isRetryable(status);
    }

    @Override
    public final DownstreamError toDownstream() {
        return new DownstreamError(502, HttpHeaders.of(), error(), getMessage());
    }
}
