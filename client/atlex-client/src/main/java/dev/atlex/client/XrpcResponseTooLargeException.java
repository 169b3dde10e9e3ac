package dev.atlex.client;

import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.ResponseTooLargeException;
import dev.atlex.schema.Method;

/**
 * Thrown when the body of a successful response is larger than {@link CallOptions.Builder#maxResponseBytes}. Retrying
 * doesn't help. Raise the limit, or use {@link Client#stream} for bodies that are too large for memory.
 *
 * <p>Reading a stream beyond its limit throws {@link ResponseTooLargeException} itself.
 */
public final class XrpcResponseTooLargeException extends XrpcInvalidResponseException {
    private static final long serialVersionUID = 1L;

    private final long maxResponseBytes;

    /**
     * Creates an exception.
     *
     * @param cause the transport's exception
     */
    public XrpcResponseTooLargeException(
            Method<?> method, int status, HttpHeaders headers, ResponseTooLargeException cause) {
        super(
                method,
                status,
                headers,
                "the response is larger than maxResponseBytes, " + cause.maxResponseBytes()
                        + " bytes: raise CallOptions.maxResponseBytes, or use Client.stream",
                cause);
        this.maxResponseBytes = cause.maxResponseBytes();
    }

    /** Returns the limit, in bytes after decompression. */
    public long maxResponseBytes() {
        return maxResponseBytes;
    }
}
