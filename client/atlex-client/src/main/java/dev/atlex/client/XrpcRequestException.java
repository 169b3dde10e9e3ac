package dev.atlex.client;

import dev.atlex.schema.Method;
import org.jspecify.annotations.Nullable;

/** A request that was not sent, because its parameters, its body or its headers are wrong. */
public final class XrpcRequestException extends XrpcException {
    private static final long serialVersionUID = 1L;

    /** @param reason what is wrong with the request */
    public XrpcRequestException(Method<?> method, String reason, @Nullable Throwable cause) {
        super(method, "InvalidRequest", method.nsid() + ": " + reason, cause);
    }

    @Override
    public boolean retryable() {
        return false;
    }
}
