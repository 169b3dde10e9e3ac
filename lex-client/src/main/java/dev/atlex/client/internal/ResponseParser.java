package dev.atlex.client.internal;

import dev.atlex.client.CallOptions;
import dev.atlex.client.InvalidItems;
import dev.atlex.client.XrpcAuthenticationException;
import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcInvalidResponseException;
import dev.atlex.client.XrpcResponse;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.XrpcResponseValidationException;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.Bytes;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexNull;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.data.ReadProblems;
import dev.atlex.schema.Codec;
import dev.atlex.schema.MediaTypes;
import dev.atlex.schema.Method;
import dev.atlex.schema.Nothing;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes of an HTTP response what a call answers, or the exception that says why it can't. */
final class ResponseParser {
    private ResponseParser() {}

    /** Reads and closes the response. */
    static <O> XrpcResponse<O> parse(Method<O> method, TransportResponse response, CallOptions options) {
        int status = response.status();
        HttpHeaders headers = response.headers();
        byte[] body = response.readAll();
        if (status < 200 || status >= 300) {
            throw refusal(method, status, headers, body);
        }
        String encoding = encoding(method, status, headers, body.length > 0);
        checkEncoding(method, status, headers, encoding);
        ReadProblems problems = new ReadProblems();
        O value = body(method, status, headers, body, options, problems);
        if (options.onProblem() != null) {
            problems.kept().forEach(options.onProblem());
        }
        return new XrpcResponse<>(status, headers, encoding, value, problems.kept(), problems.count());
    }

    /** Checks a response whose body the caller will read; one that is no success is read and closed here. */
    static void checkStream(Method<?> method, TransportResponse response) {
        int status = response.status();
        HttpHeaders headers = response.headers();
        if (status < 200 || status >= 300) {
            throw refusal(method, status, headers, response.readAll());
        }
        try {
            // Whether there are any bytes is not known yet: the reader will see.
            String encoding = encoding(method, status, headers, true);
            checkEncoding(method, status, headers, encoding);
        } catch (XrpcException e) {
            response.close();
            throw e;
        }
    }

    private static XrpcException refusal(Method<?> method, int status, HttpHeaders headers, byte[] body) {
        if (status < 400) {
            return invalid(method, status, headers, "an unexpected status", null);
        }
        LexValue payload = null;
        if (MediaTypes.JSON.equals(mediaType(headers))) {
            try {
                payload = LexValue.parseJson(body, ReadOptions.LENIENT);
            } catch (LexDataException e) {
                return invalid(method, status, headers, "an error that is no JSON: " + e.getMessage(), e);
            }
        }
        return status == 401
                ? new XrpcAuthenticationException(method, status, headers, payload)
                : new XrpcResponseException(method, status, headers, payload);
    }

    /** The body's media type; bytes without one are just bytes, and an empty body without one is none. */
    private static @Nullable String encoding(Method<?> method, int status, HttpHeaders headers, boolean hasBody) {
        String type = mediaType(headers);
        if (type == null) {
            return hasBody ? "application/octet-stream" : null;
        }
        if (type.indexOf('/') < 0) {
            throw invalid(method, status, headers, "a content type that is none", null);
        }
        return type;
    }

    private static @Nullable String mediaType(HttpHeaders headers) {
        String header = headers.first("content-type");
        if (header == null) {
            return null;
        }
        int semicolon = header.indexOf(';');
        String type = (semicolon < 0 ? header : header.substring(0, semicolon)).strip();
        return type.isEmpty() ? null : type.toLowerCase(Locale.ROOT);
    }

    private static void checkEncoding(Method<?> method, int status, HttpHeaders headers, @Nullable String encoding) {
        String expected = method.output().encoding();
        if (expected != null && (encoding == null || !MediaTypes.matches(expected, encoding))) {
            throw invalid(
                    method,
                    status,
                    headers,
                    "expected " + expected + ", got " + (encoding == null ? "no body" : shorten(encoding)),
                    null);
        }
    }

    private static String shorten(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    @SuppressWarnings("unchecked")
    private static <O> O body(
            Method<O> method,
            int status,
            HttpHeaders headers,
            byte[] body,
            CallOptions options,
            ReadProblems problems) {
        Codec<O> codec = method.output().codec();
        if (codec == null) {
            // What Output's factories promise: bytes where there is an encoding, nothing where there is none.
            return (O) (method.output().encoding() == null ? Nothing.NONE : Bytes.wrap(body));
        }
        if (method.output().encoding() == null && !MediaTypes.JSON.equals(mediaType(headers))) {
            // Nor of this one: Output.undeclared().
            return (O) (body.length == 0 ? LexNull.NULL : Bytes.wrap(body));
        }
        ReadOptions reading = new ReadOptions(
                options.strict(),
                options.validateResponse(),
                options.maxDepth(),
                options.invalidItems() == InvalidItems.SKIP ? problems : null);
        try {
            return codec.fromJson(body, reading);
        } catch (LexValidationException e) {
            throw new XrpcResponseValidationException(method, status, headers, e);
        } catch (LexDataException e) {
            throw invalid(method, status, headers, e.getMessage(), e);
        }
    }

    private static XrpcInvalidResponseException invalid(
            Method<?> method, int status, HttpHeaders headers, @Nullable String reason, @Nullable Throwable cause) {
        return new XrpcInvalidResponseException(method, status, headers, String.valueOf(reason), cause);
    }
}
