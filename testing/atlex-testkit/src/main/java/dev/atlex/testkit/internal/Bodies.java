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

/** Reads requests' bodies, with the reference server's words for what is wrong, and packs answers'. */
final class Bodies {
    /** Smaller answers are not worth the packing. */
    private static final int MIN_PACKED = 1024;

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
        byte[] body = unpacked(request, maxBytes, "PayloadTooLargeError");
        String text = new String(body, UTF_8);
        if (text.isEmpty()) {
            return LexMap.of();
        }
        String fault = JsonFault.notContainer(text);
        if (fault != null) {
            throw XrpcError.badRequest("SyntaxError", fault);
        }
        try {
            return wholeNumbers(LexValue.parseJson(body, ReadOptions.LENIENT));
        } catch (LexDataException e) {
            throw XrpcError.badRequest("SyntaxError", JsonFault.explain(text, e.getMessage()));
        }
    }

    static byte[] unpacked(Request request, int maxBytes, String error) {
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

    /** To JavaScript 1.0 is the integer 1. */
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

    /** The answer in gzip where the client takes that and it pays. */
    static Response packed(Response answer, @Nullable String accepted) {
        String type = answer.headers.getOrDefault("content-type", "");
        if (answer.body.length < MIN_PACKED
                || accepted == null
                || !accepted.toLowerCase(Locale.ROOT).contains("gzip")
                || !(type.startsWith("application/json") || type.startsWith("text/"))) {
            return answer;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(answer.body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answer.withBody(out.toByteArray()).with("content-encoding", "gzip");
    }
}
