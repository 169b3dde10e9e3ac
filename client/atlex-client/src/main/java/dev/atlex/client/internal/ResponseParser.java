package dev.atlex.client.internal;

import dev.atlex.client.CallOptions;
import dev.atlex.client.InvalidItems;
import dev.atlex.client.XrpcAuthenticationException;
import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcInvalidResponseException;
import dev.atlex.client.XrpcResponse;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.XrpcResponseTooLargeException;
import dev.atlex.client.XrpcResponseValidationException;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.ResponseTooLargeException;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.ReadOptions;
import dev.atlex.data.ReadProblems;
import dev.atlex.data.internal.Excerpt;
import dev.atlex.data.internal.MediaType;
import dev.atlex.schema.Method;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns an HTTP response into the result of a call, or into the exception that explains the failure. */
final class ResponseParser {
    /** The maximum length of a media type in a message, in characters. */
    private static final int MAX_SHOWN = 80;

    private ResponseParser() {}

    /** Reads and closes the response. */
    static <O> XrpcResponse<O> parse(Method<O> method, TransportResponse response, CallOptions options, Clock clock) {
        int status = response.status();
        HttpHeaders headers = response.headers();
        if (status < 200 || status >= 300) {
            throw refusal(method, response, clock);
        }
        byte[] body;
        try {
            body = response.readAll();
        } catch (ResponseTooLargeException e) {
            throw new XrpcResponseTooLargeException(method, status, headers, e);
        }
        XrpcResponse<O> parsed;
        try {
            parsed = success(method, status, headers, body, options);
        } catch (XrpcInvalidResponseException e) {
            throw redacted(method, response, body, options, e);
        }
        if (options.onProblem() != null) {
            parsed.problems().forEach(options.onProblem());
        }
        return parsed;
    }

    /**
     * Returns the exception without the caller's secrets, which a server may quote. The message and its causes show
     * pieces of the body, so they are created again from a redacted body.
     */
    private static XrpcInvalidResponseException redacted(
            Method<?> method,
            TransportResponse response,
            byte[] body,
            CallOptions options,
            XrpcInvalidResponseException failure) {
        TransportResponse clean = response.redacted(body);
        byte[] cleanBody = clean.readAll();
        if (cleanBody == body && clean.headers() == response.headers()) {
            return failure;
        }
        int status = response.status();
        try {
            success(method, status, clean.headers(), cleanBody, options);
        } catch (XrpcInvalidResponseException e) {
            return e;
        }
        String reason = "the body is invalid near a secret that it quotes from the request (not shown)";
        return invalid(method, status, clean.headers(), reason, cleanBody, null);
    }

    private static <O> XrpcResponse<O> success(
            Method<O> method, int status, HttpHeaders headers, byte[] body, CallOptions options) {
        if (body.length > 0) {
            checkCoding(method, status, headers, options);
        }
        String encoding = encoding(method, status, headers, body);
        checkEncoding(method, status, headers, encoding, body);
        ReadProblems problems = new ReadProblems();
        O value = body(method, status, headers, body, options, problems);
        return new XrpcResponse<>(status, headers, encoding, value, problems.kept(), problems.count());
    }

    /** Checks a response whose body the caller will read. Reads and closes any response that isn't a success. */
    static void checkStream(Method<?> method, TransportResponse response, CallOptions options, Clock clock) {
        int status = response.status();
        HttpHeaders headers = response.headers();
        if (status < 200 || status >= 300) {
            throw refusal(method, response, clock);
        }
        try {
            checkCoding(method, status, headers, options);
            // It isn't yet known whether the body is empty.
            String encoding = encoding(method, status, headers, null);
            checkEncoding(method, status, headers, encoding, null);
        } catch (XrpcException e) {
            response.close();
            throw e;
        }
    }

    /**
     * Returns the exception for a status other than success. Reads the beginning of the body and closes the response.
     */
    private static XrpcException refusal(Method<?> method, TransportResponse response, Clock clock) {
        int status = response.status();
        HttpHeaders headers = response.headers();
        KeptBody body = KeptBody.read(response);
        if (status >= 400) {
            Instant now = clock.instant();
            return status == 401
                    ? new XrpcAuthenticationException(method, status, headers, body.text(), body.payload(), now)
                    : new XrpcResponseException(method, status, headers, body.text(), body.payload(), now);
        }
        boolean redirect = status >= 300 && status != 304;
        String reason = redirect ? Redirects.describe(response, method.isQuery()) : "an unexpected status";
        return new XrpcInvalidResponseException(method, status, headers, reason, body.text(), body.payload(), null);
    }

    /** Rejects a coding that the transport doesn't decompress and the caller didn't ask for. */
    private static void checkCoding(Method<?> method, int status, HttpHeaders headers, CallOptions options) {
        List<String> codings = headers.all("content-encoding").stream()
                .filter(coding -> !coding.isBlank() && !coding.strip().equalsIgnoreCase("identity"))
                .toList();
        if (!codings.isEmpty() && options.headers().first("accept-encoding") == null) {
            throw invalid(
                    method,
                    status,
                    headers,
                    "unsupported Content-Encoding \"" + ShownText.line(String.join(", ", codings))
                            + "\" (only gzip is supported, applied once)",
                    null,
                    null);
        }
    }

    /** Returns the body's media type: octet-stream for bytes without one, null for an empty body without one. */
    private static @Nullable String encoding(
            Method<?> method, int status, HttpHeaders headers, byte @Nullable [] body) {
        String type = MediaType.essence(headers.first("content-type"));
        if (type == null) {
            return body == null || body.length > 0 ? "application/octet-stream" : null;
        }
        if (type.indexOf('/') < 0) {
            throw invalid(
                    method,
                    status,
                    headers,
                    "invalid Content-Type \"" + Excerpt.line(type, MAX_SHOWN) + '"',
                    body,
                    null);
        }
        return type;
    }

    private static void checkEncoding(
            Method<?> method, int status, HttpHeaders headers, @Nullable String encoding, byte @Nullable [] body) {
        String expected = method.output().encoding();
        if (expected != null && (encoding == null || !MediaType.matches(expected, encoding))) {
            throw invalid(
                    method,
                    status,
                    headers,
                    "expected " + expected + ", got "
                            + (encoding == null ? "no body" : Excerpt.line(encoding, MAX_SHOWN)),
                    body,
                    null);
        }
    }

    private static <O> O body(
            Method<O> method,
            int status,
            HttpHeaders headers,
            byte[] body,
            CallOptions options,
            ReadProblems problems) {
        ReadOptions reading = new ReadOptions(
                options.strict(),
                options.validateResponse(),
                options.maxDepth(),
                options.invalidItems() == InvalidItems.SKIP ? problems : null);
        try {
            return method.decode(MediaType.essence(headers.first("content-type")), body, reading);
        } catch (LexValidationException e) {
            KeptBody kept = KeptBody.ofSuccess(method.nsid(), headers, body);
            throw new XrpcResponseValidationException(method, status, headers, kept.text(), kept.payload(), e);
        } catch (LexDataException e) {
            throw invalid(method, status, headers, String.valueOf(e.getMessage()), body, e);
        }
    }

    private static XrpcInvalidResponseException invalid(
            Method<?> method,
            int status,
            HttpHeaders headers,
            String reason,
            byte @Nullable [] body,
            @Nullable Throwable cause) {
        KeptBody kept = body == null ? KeptBody.NONE : KeptBody.ofSuccess(method.nsid(), headers, body);
        String words = kept.payload() == null ? ShownText.ofBody(method.nsid(), headers, kept.text()) : null;
        String shown = words == null || words.isBlank() ? reason : reason + ": " + ShownText.line(words);
        return new XrpcInvalidResponseException(method, status, headers, shown, kept.text(), kept.payload(), cause);
    }
}
