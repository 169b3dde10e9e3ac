package dev.atlex.client.internal;

import dev.atlex.client.AgentRequest;
import dev.atlex.client.Call;
import dev.atlex.client.CallOptions;
import dev.atlex.client.XrpcRequestException;
import dev.atlex.client.XrpcTransportException;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.client.transport.TransportException;
import dev.atlex.data.LexException;
import dev.atlex.data.internal.MediaType;
import dev.atlex.schema.Method;
import dev.atlex.syntax.Did;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Builds the request for a call: its path, headers and body. */
final class RequestWriter {
    private static final String PROXY = "atproto-proxy";
    private static final String LABELERS = "atproto-accept-labelers";

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    /**
     * The syntax in RFC 9110, section 8.3.1. Its quantifiers are possessive, so that no input can be matched in more
     * than one way.
     */
    private static final Pattern MEDIA_TYPE = Pattern.compile("\\s*+(" + TOKEN + "/" + TOKEN + ")(?:\\s*+;\\s*+(?:"
            + TOKEN + "=(?:" + TOKEN + "|\"[\\t\\x20-\\x21\\x23-\\x5b\\x5d-\\x7e\\xa0-\\xff]*+\"))?+)*+\\s*+");

    private RequestWriter() {}

    /** Builds the request, without a time limit. */
    static AgentRequest write(Call<?> call, CallOptions options) {
        Method<?> method = call.method();
        HttpHeaders.Builder headers = headers(method, options);
        RequestBody body = body(call, options);
        String encoding = call.body().encoding();
        if (body != null && encoding != null) {
            body = contentType(headers, method, encoding, body, options);
        } else if (options.encoding() != null) {
            throw new XrpcRequestException(
                    method, "the option encoding is set (" + options.encoding() + "), but the call has no body", null);
        }
        String path = path(call);
        return (method.isQuery() ? AgentRequest.get(path) : AgentRequest.post(path, body))
                .withHeaders(headers.build())
                .withMaxResponseBytes(options.maxResponseBytes());
    }

    private static String path(Call<?> call) {
        try {
            return call.method().path(call.parameters());
        } catch (LexException e) {
            throw new XrpcRequestException(call.method(), "invalid parameters: " + e.getMessage(), e);
        }
    }

    private static @Nullable RequestBody body(Call<?> call, CallOptions options) {
        try {
            return call.body().encode(options.validateRequest());
        } catch (LexException e) {
            throw new XrpcRequestException(call.method(), "invalid input: " + e.getMessage(), e);
        }
    }

    /**
     * Sets the {@code Content-Type} header. Returns a different body if the type had to be guessed from the first
     * bytes.
     */
    private static RequestBody contentType(
            HttpHeaders.Builder headers, Method<?> method, String expected, RequestBody body, CallOptions options) {
        String given = options.encoding();
        if (given != null) {
            headers.set("content-type", checked(method, expected, given));
            return body;
        }
        if (!expected.contains("*")) {
            headers.set("content-type", withCharset(expected));
            return body;
        }
        MediaTypeGuess guess;
        try {
            guess = MediaTypeGuess.of(body);
        } catch (IOException | RuntimeException e) {
            throw new XrpcTransportException(
                    method,
                    new TransportException("the body of the request could not be read: " + e.getMessage(), e, false));
        }
        headers.set("content-type", guessed(method, expected, guess.mediaType()));
        return guess.body();
    }

    private static String withCharset(String mediaType) {
        return mediaType.startsWith("text/") ? mediaType + "; charset=utf-8" : mediaType;
    }

    private static String guessed(Method<?> method, String expected, @Nullable String guess) {
        if (guess != null && MediaType.matches(expected, guess)) {
            return withCharset(guess);
        } else if (expected.equals("*/*")) {
            return "application/octet-stream";
        } else if (expected.equals("text/*")) {
            return withCharset("text/plain");
        }
        throw new XrpcRequestException(
                method,
                "set the option encoding to a media type that matches " + expected
                        + (guess == null ? "" : " (the body looks like " + guess + ")"),
                null);
    }

    private static String checked(Method<?> method, String expected, String given) {
        Matcher matcher = MEDIA_TYPE.matcher(given);
        if (!matcher.matches()) {
            throw new XrpcRequestException(
                    method,
                    "invalid encoding \"" + ShownText.line(given) + "\": expected a media type such as image/png",
                    null);
        }
        String bare = matcher.group(1).toLowerCase(Locale.ROOT);
        if (bare.indexOf('*') >= 0) {
            throw new XrpcRequestException(
                    method,
                    "invalid encoding \"" + given + "\": it is a range; set the media type of the body, or leave the"
                            + " option unset to guess it",
                    null);
        }
        if (!MediaType.matches(expected, bare)) {
            throw new XrpcRequestException(
                    method, "invalid encoding \"" + given + "\": the method accepts " + expected, null);
        }
        return given.strip();
    }

    private static HttpHeaders.Builder headers(Method<?> method, CallOptions options) {
        HttpHeaders given = options.headers();
        if (given.first("content-type") != null) {
            throw new XrpcRequestException(
                    method, "the Content-Type header must not be set: use the option encoding", null);
        }
        HttpHeaders.Builder headers = given.toBuilder();
        String proxy = options.proxy();
        if (proxy != null && !proxy.isEmpty()) {
            headers.set(PROXY, proxy);
        }
        headers.remove(LABELERS);
        String labelers = labelers(options);
        if (!labelers.isEmpty()) {
            headers.set(LABELERS, labelers);
        }
        String accept = method.output().encoding();
        if (accept != null) {
            headers.set("accept", accept);
        }
        return headers;
    }

    private static String labelers(CallOptions options) {
        Set<String> labelers = new LinkedHashSet<>();
        Set<Did> app = options.appLabelers();
        if (app != null) {
            app.forEach(labeler -> labelers.add(labeler + ";redact"));
        }
        Set<Did> own = options.labelers();
        if (own != null) {
            own.forEach(labeler -> labelers.add(labeler.toString()));
        }
        for (String header : options.headers().all(LABELERS)) {
            for (String labeler : header.split(",")) {
                if (!labeler.isBlank()) {
                    labelers.add(labeler.strip());
                }
            }
        }
        return String.join(", ", labelers);
    }
}
