package dev.atlex.client;

import dev.atlex.client.transport.ProxyException;
import dev.atlex.client.transport.ResponseTooLargeException;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.schema.Method;

/** Thrown when there is no response: the network failed, the time limit was reached, or the thread was interrupted. */
public final class XrpcTransportException extends XrpcException {
    private static final long serialVersionUID = 1L;

    private final TransportException failure;

    /** Creates an exception with the message of the transport's exception. */
    public XrpcTransportException(Method<?> method, TransportException cause) {
        super(method, "InternalServerError", method.nsid() + ": " + cause.getMessage(), cause);
        this.failure = cause;
    }

    /** Returns the transport's exception. */
    public TransportException failure() {
        return failure;
    }

    /** Returns whether the server may have processed the request. False means that it certainly hasn't. */
    public boolean requestMayHaveBeenProcessed() {
        return failure.requestMayHaveBeenProcessed();
    }

    /**
     * Returns true, unless the thread was interrupted, the response was too large, or a proxy rejected the credentials
     * or the server. In these cases, a retry would fail the same way.
     */
    @Override
    public boolean retryable() {
        return !(failure instanceof TransportInterruptedException
                || failure instanceof ResponseTooLargeException
                || failure instanceof ProxyException proxy && !proxy.retryable());
    }
}
