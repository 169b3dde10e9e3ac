package dev.atlex.client.internal;

import dev.atlex.client.AgentRequest;
import dev.atlex.client.Call;
import dev.atlex.client.CallOptions;
import dev.atlex.client.XrpcRequestException;
import dev.atlex.client.XrpcTransportException;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.client.transport.TransportException;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexBoolean;
import dev.atlex.data.LexException;
import dev.atlex.data.LexInteger;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import dev.atlex.data.LexWriter;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.BinaryProcedure;
import dev.atlex.schema.Codec;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.MediaTypes;
import dev.atlex.schema.Method;
import dev.atlex.schema.ObjectCodec;
import dev.atlex.schema.Procedure;
import dev.atlex.schema.Query;
import dev.atlex.schema.ValueProcedure;
import dev.atlex.syntax.Did;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes the request of a call: path, headers, body. */
final class RequestWriter {
    private static final String PROXY = "atproto-proxy";
    private static final String LABELERS = "atproto-accept-labelers";

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    /** RFC 9110, section 8.3.1. The quantifiers are possessive: no input is matched in more than one way. */
    private static final Pattern MEDIA_TYPE = Pattern.compile("\\s*+(" + TOKEN + "/" + TOKEN + ")(?:\\s*+;\\s*+(?:"
            + TOKEN + "=(?:" + TOKEN + "|\"[\\t\\x20-\\x21\\x23-\\x5b\\x5d-\\x7e\\xa0-\\xff]*+\"))?+)*+\\s*+");

    private RequestWriter() {}

    static AgentRequest write(Call<?> call, CallOptions options) {
        Method<?> method = call.method();
        HttpHeaders.Builder headers = headers(method, options);
        RequestBody body = null;
        if (!(method instanceof Query)) {
            body = body(call, options);
            if (body != null) {
                body = contentType(headers, method, body, options);
            }
        }
        if (body == null && options.encoding() != null) {
            throw new XrpcRequestException(method, "a media type (" + options.encoding() + ") but no body", null);
        }
        return new AgentRequest(
                !(method instanceof Query),
                path(call),
                headers.build(),
                body,
                options.timeout(),
                options.maxResponseBytes());
    }

    private static String path(Call<?> call) {
        StringBuilder path = new StringBuilder("/xrpc/").append(call.method().nsid());
        LexObject parameters = call.parameters();
        if (parameters != null) {
            LexMap values = parameters.toLexMap();
            // Checked always, as upstream does: there is no server-side default for a parameter that is wrong.
            check(call.method(), call.method().parameters(), values, "parameters");
            char separator = '?';
            for (Map.Entry<String, LexValue> entry : values.entrySet()) {
                if (entry.getValue() instanceof LexArray array) {
                    for (LexValue element : array) {
                        append(path, separator, call.method(), entry.getKey(), element);
                        separator = '&';
                    }
                } else {
                    append(path, separator, call.method(), entry.getKey(), entry.getValue());
                    separator = '&';
                }
            }
        }
        return path.toString();
    }

    private static void append(StringBuilder path, char separator, Method<?> method, String name, LexValue value) {
        if (!(value instanceof LexString || value instanceof LexInteger || value instanceof LexBoolean)) {
            throw new XrpcRequestException(
                    method, "invalid parameters: " + name + " is neither a string, an integer nor a boolean", null);
        }
        path.append(separator)
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
    }

    private static void check(Method<?> method, Codec<?> codec, LexValue value, String what) {
        try {
            codec.fromValue(value, ReadOptions.STRICT);
        } catch (LexException e) {
            throw new XrpcRequestException(method, "invalid " + what + ": " + e.getMessage(), e);
        }
    }

    private static @Nullable RequestBody body(Call<?> call, CallOptions options) {
        if (call.method() instanceof BinaryProcedure) {
            return call.body();
        }
        LexValue value = call.value();
        if (value != null) {
            if (options.validateRequest() && call.method() instanceof ValueProcedure<?, ?> procedure) {
                check(procedure, procedure.input(), value, "input");
            }
            return RequestBody.of(LexWriter.toJson(writer -> writer.value(value)));
        }
        LexObject input = call.input();
        if (input == null) {
            return null;
        }
        if (options.validateRequest() && call.method() instanceof Procedure<?, ?, ?> procedure) {
            check(procedure, procedure.input(), input.toLexMap(), "input");
        }
        return RequestBody.of(json(call.method(), input));
    }

    private static byte[] json(Method<?> method, LexObject input) {
        if (method instanceof Procedure<?, ?, ?> procedure) {
            return json(procedure.input(), input);
        }
        throw new IllegalStateException("only procedures have JSON input");
    }

    @SuppressWarnings("unchecked")
    private static <T extends LexObject> byte[] json(ObjectCodec<T, ?> codec, LexObject input) {
        return LexWriter.toJson(writer -> codec.write(writer, (T) input));
    }

    /** Sets the header; the body is another object if its beginning had to be looked at. */
    private static RequestBody contentType(
            HttpHeaders.Builder headers, Method<?> method, RequestBody body, CallOptions options) {
        String expected = method instanceof BinaryProcedure<?> binary ? binary.encoding() : MediaTypes.JSON;
        String given = options.encoding();
        if (given != null) {
            headers.set("content-type", checked(method, expected, given));
            return body;
        }
        if (!expected.contains("*")) {
            headers.set("content-type", expected.startsWith("text/") ? expected + "; charset=utf-8" : expected);
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

    private static String guessed(Method<?> method, String expected, @Nullable String guess) {
        boolean fits = guess != null && MediaTypes.matches(expected, guess);
        if (fits && guess != null) {
            return guess.startsWith("text/") ? guess + "; charset=utf-8" : guess;
        } else if (expected.equals("*/*")) {
            return "application/octet-stream";
        } else if (expected.equals("text/*")) {
            return "text/plain; charset=utf-8";
        }
        throw new XrpcRequestException(
                method,
                "a media type is needed that is one of " + expected + ": set the option encoding"
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
                    "invalid encoding \"" + given + "\": a range of media types; name the one of the body, or none to"
                            + " have it guessed",
                    null);
        }
        if (!MediaTypes.matches(expected, bare)) {
            throw new XrpcRequestException(method, "a body of " + given + " where " + expected + " is due", null);
        }
        return given.strip();
    }

    private static HttpHeaders.Builder headers(Method<?> method, CallOptions options) {
        HttpHeaders given = options.headers();
        if (given.first("content-type") != null) {
            throw new XrpcRequestException(method, "a Content-Type header; use the option encoding", null);
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
