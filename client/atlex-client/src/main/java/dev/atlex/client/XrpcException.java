package dev.atlex.client;

import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.data.LexException;
import dev.atlex.schema.Method;
import org.jspecify.annotations.Nullable;

/**
 * A call that brought no result. Its subclasses say why: {@link XrpcResponseException} the server refused,
 * {@link XrpcInvalidResponseException} its answer made no sense, {@link XrpcTransportException} none came,
 * {@link XrpcRequestException} the request was wrong and not sent, {@link RecordConflictException} a record was in the way.
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

    /** The method that was called. */
    public final Method<?> method() {
        return method;
    }

    /** The error's name: of a refusal the server's ({@code ExpiredToken}), otherwise one that fits. */
    public final String error() {
        return error;
    }

    /** Whether it is the error of that name; generated classes have the names that a method declares. */
    public final boolean is(String name) {
        return error.equals(name);
    }

    /** Whether the same call may succeed later. Whether repeating it is safe is another question. */
    public abstract boolean retryable();

    /** Whether the error is one that the method declares. */
    public final boolean matchesSchemaErrors() {
        return method.errors().contains(error);
    }

    /** What a server that made this call on behalf of a client of its own should answer to that. */
    public abstract DownstreamError toDownstream();

    /**
     * An answer to pass on.
     *
     * @param status the HTTP status
     * @param headers those that may be passed on
     * @param error the error's name
     * @param message prose for people, or null
     */
    public record DownstreamError(
            int status,
            HttpHeaders headers,
            String error,
            @Nullable String message) {}
}
