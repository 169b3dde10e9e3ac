package dev.atlex.client.transport;

/** The body of the response has more bytes than the request allows; see {@link TransportRequest#maxResponseBytes()}. */
public final class ResponseTooLargeException extends TransportException {
    private static final long serialVersionUID = 1L;

    private final long maxResponseBytes;

    /**
     * @param message what failed, without secrets
     * @param maxResponseBytes the bound that was passed, in bytes
     */
    public ResponseTooLargeException(String message, long maxResponseBytes) {
        super(message, null, true);
        this.maxResponseBytes = maxResponseBytes;
    }

    /** The bound that was passed, in bytes after decompression. */
    public long maxResponseBytes() {
        return maxResponseBytes;
    }
}
