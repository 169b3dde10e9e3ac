package dev.atlex.client;

import dev.atlex.client.internal.ErrorPayload;
import dev.atlex.client.internal.HttpStatus;
import dev.atlex.client.internal.RetryAfter;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.data.LexValue;
import dev.atlex.schema.Method;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Thrown when the server returns an error: a status of 400 or more. */
public class XrpcResponseException extends XrpcException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient HttpHeaders headers;
    private final transient @Nullable LexValue payload;
    private final @Nullable String bodyText;
    private final @Nullable String serverMessage;
    private final @Nullable Instant retryAt;

    /** Like the other constructor, for a response that has just been received. */
    public XrpcResponseException(
            Method<?> method, int status, HttpHeaders headers, @Nullable String bodyText, @Nullable LexValue payload) {
        this(method, status, headers, bodyText, payload, Instant.now());
    }

    /**
     * Creates an exception.
     *
     * @param status the HTTP status, 400 or more
     * @param bodyText the body as text, or null if there is none
     * @param payload the body if it is JSON, usually a map with {@code error} and {@code message}; null for other
     *     bodies, such as a proxy's HTML page
     * @param receivedAt the time at which the response was received
     */
    public XrpcResponseException(
            Method<?> method,
            int status,
            HttpHeaders headers,
            @Nullable String bodyText,
            @Nullable LexValue payload,
            Instant receivedAt) {
        this(
                method,
                status,
                headers,
                bodyText,
                payload,
                receivedAt,
                ErrorPayload.of(method.nsid(), status, headers, bodyText, payload));
    }

    private XrpcResponseException(
            Method<?> method,
            int status,
            HttpHeaders headers,
            @Nullable String bodyText,
            @Nullable LexValue payload,
            Instant receivedAt,
            ErrorPayload error) {
        super(method, error.error(), error.describe(method.nsid(), status), null);
        this.status = status;
        this.headers = headers;
        this.bodyText = bodyText;
        this.payload = payload;
        this.serverMessage = error.message();
        this.retryAt = retryAt(status, headers, receivedAt);
    }

    private static @Nullable Instant retryAt(int status, HttpHeaders headers, Instant receivedAt) {
        Duration wait = RetryAfter.of(status, headers, Clock.fixed(receivedAt, ZoneOffset.UTC));
        return wait == null ? null : receivedAt.plus(wait);
    }

    @Override
    public final @Nullable Instant retryAt() {
        return retryAt;
    }

    /** Returns the HTTP status, 400 or more. */
    public final int status() {
        return status;
    }

    /** Returns the response's headers. */
    public final HttpHeaders headers() {
        return headers;
    }

    /**
     * Returns the response's body as text, regardless of its media type: at most 64 KiB, decoded by the charset of its
     * {@code Content-Type} or as UTF-8, with U+FFFD for invalid bytes. Null if the response has no body or an
     * unsupported {@code Content-Encoding}.
     */
    public final @Nullable String bodyText() {
        return bodyText;
    }

    /**
     * Returns the body if it is JSON of at most 64 KiB, regardless of its media type; otherwise null. It may violate
     * the data model.
     */
    public final @Nullable LexValue payload() {
        return payload;
    }

    /**
     * Returns the {@code message} field of the error, or null if absent; {@link #bodyText} has the text of other
     * bodies.
     */
    public final @Nullable String serverMessage() {
        return serverMessage;
    }

    /** Returns the rate limit from the headers, or null if there is none. */
    public final @Nullable RateLimit rateLimit() {
        return RateLimit.of(headers);
    }

    @Override
    public boolean retryable() {
        return HttpStatus.isRetryable(status);
    }
}
