package dev.atlex.client;

import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.data.LexValue;
import dev.atlex.schema.Method;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The server refused with status 401: the credentials are missing, wrong or no longer good. */
public final class XrpcAuthenticationException extends XrpcResponseException {
    private static final long serialVersionUID = 1L;

    /** Like {@link XrpcResponseException#XrpcResponseException(Method, int, HttpHeaders, String, LexValue)}. */
    public XrpcAuthenticationException(
            Method<?> method, int status, HttpHeaders headers, @Nullable String bodyText, @Nullable LexValue payload) {
        super(method, status, headers, bodyText, payload);
    }

    /** Like {@link XrpcResponseException#XrpcResponseException(Method, int, HttpHeaders, String, LexValue, Instant)}. */
    public XrpcAuthenticationException(
            Method<?> method,
            int status,
            HttpHeaders headers,
            @Nullable String bodyText,
            @Nullable LexValue payload,
            Instant receivedAt) {
        super(method, status, headers, bodyText, payload, receivedAt);
    }

    /** What the server asks for in {@code WWW-Authenticate}; empty where it has no such header. */
    public WwwAuthenticate wwwAuthenticate() {
        return WwwAuthenticate.parse(headers().all("WWW-Authenticate"));
    }

    /** False: the same credentials would be refused again. */
    @Override
    public boolean retryable() {
        return false;
    }
}
