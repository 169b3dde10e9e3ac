package dev.atlex.client;

import dev.atlex.client.transport.ResponseTooLargeException;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.schema.Method;

/** No answer came: the network failed, the time was over, or the calling thread was interrupted. */
public final class XrpcTransportException extends XrpcException {
    private static final long serialVersionUID = 1L;

    private final TransportException failure;

    public XrpcTransportException(Method<?> method, TransportException cause) {
        super(method, "InternalServerError", method.nsid() + ": " + cause.getMessage(), cause);
        this.failure = cause;
    }

    /** What the transport says. */
    public TransportException failure() {
        return failure;
    }

    /** Whether the server may have done what it was asked to, although nobody knows. */
    public boolean requestMayHaveBeenProcessed() {
        return failure.requestMayHaveBeenProcessed();
    }

    /**
     * True, but for an interrupted thread, whose owner wants it to stop, and an answer that was too large, which it would
     * be again.
     */
    @Override
    public boolean retryable() {
        return !(failure instanceof TransportInterruptedException || failure instanceof ResponseTooLargeException);
    }
}
