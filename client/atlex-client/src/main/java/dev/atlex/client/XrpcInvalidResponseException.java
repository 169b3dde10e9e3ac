package dev.atlex.client;

import dev.atlex.client.internal.HttpStatus;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.data.LexValue;
import dev.atlex.schema.Method;
import org.jspecify.annotations.Nullable;

/** Thrown when a response isn't valid XRPC: a redirect, the wrong media type, truncated or malformed JSON. */
public class XrpcInvalidResponseException extends XrpcException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient HttpHeaders headers;
    private final @Nullable String bodyText;
    private final transient @Nullable LexValue payload;

    /**
     * Creates an exception without the body.
     *
     * @param reason the reason why the response is invalid
     */
    public XrpcInvalidResponseException(
            Method<?> method, int status, HttpHeaders headers, String reason, @Nullable Throwable cause) {
        this(method, status, headers, reason, null, null, cause);
    }

    /**
     * Creates an exception.
     *
     * @param reason the reason why the response is invalid
     * @param bodyText the body as text, or null
     * @param payload the parsed body if it is JSON, otherwise null
     */
    public XrpcInvalidResponseException(
            Method<?> method,
            int status,
            HttpHeaders headers,
            String reason,
            @Nullable String bodyText,
            @Nullable LexValue payload,
            @Nullable Throwable cause) {
        super(method, "InvalidResponse", method.nsid() + ": " + reason + " (status " + status + ")", cause);
        this.status = status;
        this.headers = headers;
        this.bodyText = bodyText;
        this.payload = payload;
    }

    /** Returns the HTTP status. */
    public final int status() {
        return status;
    }

    /** Returns the response's headers. */
    public final HttpHeaders headers() {
        return headers;
    }

    /**
     * Returns the response's body, or the JSON of an invalid record, as text of at most 64 KiB. Null if there is none,
     * if it exceeded the call's limit or is compressed, or if it may contain tokens: the body of a successful response
     * from a {@code com.atproto.server.*} method.
     */
    public final @Nullable String bodyText() {
        return bodyText;
    }

    /**
     * Returns the body if it is JSON of at most 64 KiB, read leniently. Returns null if it isn't, or if
     * {@link #bodyText} is null.
     */
    public final @Nullable LexValue payload() {
        return payload;
    }

    @Override
    public final boolean retryable() {
        return HttpStatus.isRetryable(status);
    }
}
