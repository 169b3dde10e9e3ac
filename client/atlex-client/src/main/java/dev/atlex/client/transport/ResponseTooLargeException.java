package dev.atlex.client.transport;

/** Thrown when a response's body is larger than {@link TransportRequest#maxResponseBytes()}. */
public final class ResponseTooLargeException extends TransportException {
    private static final long serialVersionUID = 1L;

    private final long maxResponseBytes;

    /**
     * Creates an exception.
     *
     * @param message a description of the failed request and the reason; must not contain secrets
     * @param maxResponseBytes the limit, in bytes
     */
    public ResponseTooLargeException(String message, long maxResponseBytes) {
        super(message, null, true);
        this.maxResponseBytes = maxResponseBytes;
    }

    /** Returns the limit, in bytes after decompression. */
    public long maxResponseBytes() {
        return maxResponseBytes;
    }
}
