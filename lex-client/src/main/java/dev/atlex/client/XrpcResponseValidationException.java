package dev.atlex.client;

import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.data.LexValidationException;
import dev.atlex.schema.Method;

/** A successful answer whose body does not follow the method's schema. */
public final class XrpcResponseValidationException extends XrpcInvalidResponseException {
    private static final long serialVersionUID = 1L;

    private final LexValidationException failure;

    public XrpcResponseValidationException(
            Method<?> method, int status, HttpHeaders headers, LexValidationException cause) {
        super(method, status, headers, "the answer does not follow its schema: " + cause.getMessage(), cause);
        this.failure = cause;
    }

    /** What is wrong, and where in the body. */
    public LexValidationException failure() {
        return failure;
    }
}
