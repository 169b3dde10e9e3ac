package dev.atlex.client;

import dev.atlex.schema.Method;
import org.jspecify.annotations.Nullable;

/** Thrown when a request isn't sent because its parameters, body or headers are invalid. */
public final class XrpcRequestException extends XrpcException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param reason the reason why the request is invalid
     */
    public XrpcRequestException(Method<?> method, String reason, @Nullable Throwable cause) {
        super(method, "InvalidRequest", method.nsid() + ": " + reason, cause);
    }

    @Override
    public boolean retryable() {
        return false;
    }
}
