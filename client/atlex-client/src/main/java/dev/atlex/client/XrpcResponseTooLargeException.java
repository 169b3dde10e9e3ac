package dev.atlex.client;

import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.ResponseTooLargeException;
import dev.atlex.schema.Method;

/**
 * A successful response with a longer body than {@link CallOptions.Builder#maxResponseBytes} allows. Calling again brings
 * the same: a higher limit helps, or {@link Client#stream} for what is too large for memory.
 *
 * <p>Reading a stream beyond its limit throws {@link ResponseTooLargeException} itself.
 */
public final class XrpcResponseTooLargeException extends XrpcInvalidResponseException {
    private static final long serialVersionUID = 1L;

    private final long maxResponseBytes;

    /** @param cause what the transport says */
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

    /** The limit, in bytes after decompression. */
    public long maxResponseBytes() {
        return maxResponseBytes;
    }
}
