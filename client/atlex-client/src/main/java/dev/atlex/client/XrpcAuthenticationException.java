package dev.atlex.client;

import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.data.LexValue;
import dev.atlex.schema.Method;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Thrown when the server returns status 401: the credentials are missing, wrong or expired. */
public final class XrpcAuthenticationException extends XrpcResponseException {
    private static final long serialVersionUID = 1L;

    /** Like {@link XrpcResponseException#XrpcResponseException(Method, int, HttpHeaders, String, LexValue)}. */
    public XrpcAuthenticationException(
            Method<?> method, int status, HttpHeaders headers, @Nullable String bodyText, @Nullable LexValue payload) {
        super(method, status, headers, bodyText, payload);
    }

    /**
     * Like {@link XrpcResponseException#XrpcResponseException(Method, int, HttpHeaders, String, LexValue, Instant)}.
     */
    public XrpcAuthenticationException(
            Method<?> method,
            int status,
            HttpHeaders headers,
            @Nullable String bodyText,
            @Nullable LexValue payload,
            Instant receivedAt) {
        super(method, status, headers, bodyText, payload, receivedAt);
    }

    /** Returns the challenges of the {@code WWW-Authenticate} headers; empty if there are none. */
    public WwwAuthenticate wwwAuthenticate() {
        return WwwAuthenticate.parse(headers().all("WWW-Authenticate"));
    }

    /** Returns false: the same credentials would be rejected again. */
    @Override
    public boolean retryable() {
        return false;
    }
}
