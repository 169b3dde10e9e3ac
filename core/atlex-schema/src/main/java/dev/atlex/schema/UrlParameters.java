package dev.atlex.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexBoolean;
import dev.atlex.data.LexInteger;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import java.net.URLEncoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Encodes parameters as a URL query: a scalar as {@code name=value}, and an array as one such pair per element. */
final class UrlParameters {
    private UrlParameters() {}

    static String path(String nsid, Codec<?> codec, @Nullable LexObject parameters) {
        StringBuilder path = new StringBuilder("/xrpc/").append(nsid);
        if (parameters != null) {
            LexMap values = parameters.toLexMap();
            // Parameters are always checked, as they are upstream. A server doesn't replace an invalid one with a
            // default.
            codec.fromValue(values, ReadOptions.STRICT);
            values.forEach((name, value) -> {
                Iterable<LexValue> elements = value instanceof LexArray array ? array : List.of(value);
                for (LexValue element : elements) {
                    append(path, name, element);
                }
            });
        }
        return path.toString();
    }

    private static void append(StringBuilder path, String name, LexValue value) {
        if (!(value instanceof LexString || value instanceof LexInteger || value instanceof LexBoolean)) {
            throw new LexValidationException(
                    "$." + name, "type", "a string, an integer or a boolean", "another kind of value");
        }
        path.append(path.indexOf("?") < 0 ? '?' : '&')
                .append(URLEncoder.encode(name, UTF_8))
                .append('=')
                .append(URLEncoder.encode(value.toString(), UTF_8));
    }
}
