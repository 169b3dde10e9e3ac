package dev.atlex.client;

import dev.atlex.data.LexException;
import dev.atlex.schema.Method;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a call fails. The subclass identifies the kind of failure:
 *
 * <ul>
 *   <li>{@link XrpcResponseException}: the server returned an error;
 *   <li>{@link XrpcInvalidResponseException}: the response is invalid;
 *   <li>{@link XrpcTransportException}: no response arrived;
 *   <li>{@link XrpcRequestException}: the request is invalid and wasn't sent;
 *   <li>{@link RecordConflictException} and {@link UpdateConflictException}: the write conflicts with another one.
 * </ul>
 *
 * @see <a href="https://atproto.com/specs/xrpc#error-responses">XRPC: error responses</a>
 */
public abstract class XrpcException extends LexException {
    private static final long serialVersionUID = 1L;

    private final transient Method<?> method;
    private final String error;

    XrpcException(Method<?> method, String error, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.method = method;
        this.error = error;
    }

    /** Returns the method that was called. */
    public final Method<?> method() {
        return method;
    }

    /**
     * Returns the error's name: either the one that the server returned, such as {@code ExpiredToken}, or one that
     * describes the failure.
     */
    public final String error() {
        return error;
    }

    /** Returns whether the error has this name. Generated classes have constants for a method's declared errors. */
    public final boolean is(String name) {
        return error.equals(name);
    }

    /** Returns whether the same call may succeed later. It may still be unsafe to repeat. */
    public abstract boolean retryable();

    /**
     * Returns when the server asked the client to retry, or null if it didn't. The time comes from {@code Retry-After}
     * or, for status 429, {@code RateLimit-Reset}, and is at most a day after the response.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3">RFC 9110, section 10.2.3: Retry-After</a>
     */
    public @Nullable Instant retryAt() {
        return null;
    }

    /** Returns whether the method declares the error. */
    public final boolean matchesSchemaErrors() {
        return method.errors().contains(error);
    }
}
