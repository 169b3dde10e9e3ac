package dev.atlex.client;

import dev.atlex.client.internal.HttpStatus;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.data.LexValue;
import dev.atlex.schema.Method;
import org.jspecify.annotations.Nullable;

/** An answer that is none of XRPC: a redirect, another media type than the method's, truncated or malformed JSON. */
public class XrpcInvalidResponseException extends XrpcException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient HttpHeaders headers;
    private final @Nullable String bodyText;
    private final transient @Nullable LexValue payload;

    /**
     * An exception that does not have the body.
     *
     * @param reason what is wrong with the answer
     */
    public XrpcInvalidResponseException(
            Method<?> method, int status, HttpHeaders headers, String reason, @Nullable Throwable cause) {
        this(method, status, headers, reason, null, null, cause);
    }

    /**
     * @param reason what is wrong with the answer
     * @param bodyText the body as text, or null
     * @param payload the body as a value if it is JSON, or null
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

    /** The HTTP status. */
    public final int status() {
        return status;
    }

    /** The answer's headers. */
    public final HttpHeaders headers() {
        return headers;
    }

    /**
     * The response's body as text: at most 64 KiB of it. Null if it has none, it was too large, or it may hold tokens: of
     * successful calls of {@code com.atproto.server.*}.
     */
    public final @Nullable String bodyText() {
        return bodyText;
    }

    /** The body if it is JSON of at most 64 KiB, read leniently, or null as {@link #bodyText}. */
    public final @Nullable LexValue payload() {
        return payload;
    }

    @Override
    public final boolean retryable() {
        return HttpStatus.isRetryable(status);
    }
}
