package dev.atlex.client;

import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.LexValue;
import dev.atlex.schema.Method;
import org.jspecify.annotations.Nullable;

/** Thrown when the body of a successful response violates the method's schema. */
public final class XrpcResponseValidationException extends XrpcInvalidResponseException {
    private static final long serialVersionUID = 1L;

    private final LexValidationException failure;

    /**
     * Creates an exception.
     *
     * @param bodyText the body as text, or null
     * @param payload the parsed body, or null
     */
    public XrpcResponseValidationException(
            Method<?> method,
            int status,
            HttpHeaders headers,
            @Nullable String bodyText,
            @Nullable LexValue payload,
            LexValidationException cause) {
        super(
                method,
                status,
                headers,
                "the response violates its schema: " + cause.getMessage(),
                bodyText,
                payload,
                cause);
        this.failure = cause;
    }

    /** Returns the violation, with its path in the body or the record. */
    public LexValidationException failure() {
        return failure;
    }
}
