package dev.atlex.testkit.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexFloat;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.data.internal.MediaType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Reads bodies of requests, with the reference server's error messages, and compresses bodies of responses. */
final class Bodies {
    /** The minimum size of a response to compress. */
    private static final int MIN_COMPRESSED = 1024;

    private Bodies() {}

    static void checkNone(Request request) {
        if (request.body().length > 0) {
            throw XrpcError.invalidRequest("A request body was provided when none was expected");
        }
    }

    /** The media type that the request declares, without parameters. */
    static String mediaType(Request request) {
        if (!request.announcesBody()) {
            throw XrpcError.invalidRequest("A request body is expected but none was provided");
        }
        String type = MediaType.essence(request.headers().get("content-type"));
        if (type == null || type.indexOf('/') <= 0) {
            throw XrpcError.invalidRequest("Request encoding (Content-Type) required but not provided");
        }
        return type;
    }

    static LexValue json(Request request, int maxBytes) {
        String type = mediaType(request);
        if (!type.equals(MediaType.JSON)) {
            throw XrpcError.invalidRequest("Wrong request encoding (Content-Type): " + type);
        }
        byte[] body = decompressed(request, maxBytes, "PayloadTooLargeError");
        String text = new String(body, UTF_8);
        if (text.isEmpty()) {
            return LexMap.of();
        }
        String error = JsonSyntaxError.notContainer(text);
        if (error != null) {
            throw XrpcError.badRequest("SyntaxError", error);
        }
        try {
            return wholeNumbers(LexValue.parseJson(body, ReadOptions.LENIENT));
        } catch (LexDataException e) {
            throw XrpcError.badRequest("SyntaxError", JsonSyntaxError.explain(text, e.getMessage()));
        }
    }

    static byte[] decompressed(Request request, int maxBytes, String error) {
        byte[] body = request.body();
        if ("gzip".equalsIgnoreCase(request.header("content-encoding"))) {
            try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
                body = in.readNBytes(maxBytes + 1);
            } catch (IOException e) {
                throw XrpcError.invalidRequest("incorrect header check");
            }
        }
        if (body.length > maxBytes || request.oversized()) {
            throw new XrpcError(413, error, "request entity too large");
        }
        return body;
    }

    /** Turns whole floats into integers: JavaScript doesn't distinguish 1.0 from 1. */
    private static LexValue wholeNumbers(LexValue value) {
        if (value instanceof LexFloat number && number.value() == Math.rint(number.value())) {
            return LexValue.of((long) number.value());
        }
        if (value instanceof LexArray array) {
            return LexArray.copyOf(array.stream().map(Bodies::wholeNumbers).toList());
        }
        if (value instanceof LexMap map) {
            LexMap.Builder builder = LexMap.builder();
            map.forEach((key, field) -> builder.put(key, wholeNumbers(field)));
            return builder.build();
        }
        return value;
    }

    /** Compresses the response with gzip if the client accepts it and the response is large enough. */
    static Response compressed(Response response, @Nullable String accepted) {
        String type = response.headers.getOrDefault("content-type", "");
        if (response.body.length < MIN_COMPRESSED
                || accepted == null
                || !accepted.toLowerCase(Locale.ROOT).contains("gzip")
                || !(type.startsWith("application/json") || type.startsWith("text/"))) {
            return response;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(response.body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return response.withBody(out.toByteArray()).with("content-encoding", "gzip");
    }
}
