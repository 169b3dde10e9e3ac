package dev.atlex.client.internal;

import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.client.transport.TransportTimeoutException;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The part of a response's body that an exception keeps. It is parsed only once. Its size is limited and its media type
 * isn't trusted, because a failing server may send anything.
 *
 * @param text the first 64 KiB as text; null if there is no body or it must not be kept
 * @param payload the parsed body if it is JSON of at most 64 KiB, otherwise null
 */
public record KeptBody(@Nullable String text, @Nullable LexValue payload) {
    /** An instance with no text and no payload. */
    static final KeptBody NONE = new KeptBody(null, null);

    /** The maximum number of bytes to read from an error response. */
    static final int MAX_READ = 64 << 10;

    /**
     * The NSID prefix of methods whose successful responses may contain passwords or tokens. Their bodies aren't kept.
     * The session scrubs error responses, because it knows which secrets were sent.
     */
    private static final String SECRET_METHODS = "com.atproto.server.";

    static boolean mayHoldSecrets(String nsid) {
        return nsid.startsWith(SECRET_METHODS);
    }

    /**
     * Returns the kept form of an invalid body of a successful response, or {@link #NONE} if it may contain secrets.
     */
    static KeptBody ofSuccess(String nsid, HttpHeaders headers, byte[] body) {
        return mayHoldSecrets(nsid) ? NONE : of(headers, body);
    }

    /** Returns the kept form of a record, serialized as JSON. */
    public static KeptBody of(LexValue value) {
        return of(
                HttpHeaders.of("content-type", "application/json"),
                value.toJson().getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the kept form of a body, or {@link #NONE} if the body is empty or still compressed. */
    public static KeptBody of(HttpHeaders headers, byte[] body) {
        if (body.length == 0) {
            return NONE;
        }
        String coding = headers.first("content-encoding");
        if (coding != null && !coding.isBlank()) {
            return NONE;
        }
        byte[] kept = body.length <= MAX_READ ? body : Arrays.copyOf(body, MAX_READ);
        String type = headers.first("content-type");
        String text = new String(kept, charset(type));
        if (text.startsWith("\ufeff")) {
            text = text.substring(1);
        }
        return new KeptBody(text, body.length <= MAX_READ ? json(type, text) : null);
    }

    /** Reads the body of an error response and closes it. Reuses a body that {@link #handOn} has parsed. */
    static KeptBody read(TransportResponse response) {
        if (response.body() instanceof ParsedBody parsed) {
            response.close();
            return parsed.kept;
        }
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try (InputStream in = response.body()) {
            byte[] buffer = new byte[8 << 10];
            while (read.size() <= MAX_READ) {
                int count = in.read(buffer, 0, Math.min(buffer.length, MAX_READ + 1 - read.size()));
                if (count <= 0) {
                    break;
                }
                read.write(buffer, 0, count);
            }
        } catch (TransportInterruptedException | TransportTimeoutException e) {
            throw e;
        } catch (TransportException | IOException e) {
            // The status is known, so report it even if the body is incomplete.
            return of(response.headers(), read.toByteArray());
        }
        return of(response.headers(), read.toByteArray());
    }

    /**
     * Returns the {@code error} field of a JSON body, or null if absent. The media type is ignored, and the JSON may be
     * truncated.
     */
    public @Nullable String error() {
        return ErrorPayload.fields(this).error();
    }

    /**
     * Recreates a response whose body was consumed while reading the error.
     *
     * @param body the bytes that this object was parsed from
     */
    public TransportResponse handOn(int status, HttpHeaders headers, byte[] body) {
        return TransportResponse.of(status, headers, new ParsedBody(body, this));
    }

    private static final class ParsedBody extends ByteArrayInputStream {
        private final KeptBody kept;

        ParsedBody(byte[] body, KeptBody kept) {
            super(body);
            this.kept = kept;
        }
    }

    private static Charset charset(@Nullable String contentType) {
        if (contentType != null) {
            for (String parameter : contentType.split(";")) {
                String stripped = parameter.strip();
                if (stripped.toLowerCase(Locale.ROOT).startsWith("charset=")) {
                    String name = stripped.substring("charset=".length())
                            .replace("\"", "")
                            .strip();
                    try {
                        return Charset.forName(name);
                    } catch (IllegalArgumentException e) {
                        return StandardCharsets.UTF_8;
                    }
                }
            }
        }
        return StandardCharsets.UTF_8;
    }

    /**
     * Parses text that may be JSON, regardless of its media type. Parsing is lenient, because the value only explains a
     * failure.
     */
    private static @Nullable LexValue json(@Nullable String type, String text) {
        boolean declared = type != null && type.toLowerCase(Locale.ROOT).contains("json");
        int start = 0;
        while (start < text.length() && text.charAt(start) <= ' ') {
            start++;
        }
        if (start == text.length() || !declared && "{[".indexOf(text.charAt(start)) < 0) {
            return null;
        }
        try {
            return LexValue.parseJson(text, ReadOptions.LENIENT);
        } catch (LexDataException e) {
            return null;
        }
    }
}
