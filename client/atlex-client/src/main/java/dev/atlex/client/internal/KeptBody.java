package dev.atlex.client.internal;

import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.client.transport.TransportTimeoutException;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response that an exception keeps: whatever its media type says, and bounded, as a server that fails may
 * send anything.
 *
 * @param text the first 64 KiB as text, or null if there is no body or it is not kept
 * @param payload the body as a value if it is JSON of at most 64 KiB, or null
 */
public record KeptBody(@Nullable String text, @Nullable LexValue payload) {
    /** Nothing is kept. */
    static final KeptBody NONE = new KeptBody(null, null);

    /** How much of the body of a refusal is read at all. */
    static final int MAX_READ = 64 << 10;

    /**
     * Methods whose answers hold passwords or tokens: those of successful calls are not kept. (That the answer of a refusal
     * shows none is up to the caller, who knows what was sent.)
     */
    private static final String SECRET_METHODS = "com.atproto.server.";

    static boolean mayHoldSecrets(String nsid) {
        return nsid.startsWith(SECRET_METHODS);
    }

    /** The body of a success that can't be used. */
    static KeptBody ofSuccess(String nsid, HttpHeaders headers, byte[] body) {
        return mayHoldSecrets(nsid) ? NONE : of(headers, body);
    }

    /** What can be kept of a record. */
    public static KeptBody of(LexValue value) {
        return of(
                HttpHeaders.of("content-type", "application/json"),
                value.toJson().getBytes(StandardCharsets.UTF_8));
    }

    /** What can be kept of these bytes. */
    static KeptBody of(HttpHeaders headers, byte[] body) {
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

    /** Reads what is kept of the body of a refusal, and closes the response. */
    static KeptBody read(TransportResponse response) {
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
            // The status says that the server refused, and that is not thrown away because its explanation broke off.
            return of(response.headers(), read.toByteArray());
        }
        return of(response.headers(), read.toByteArray());
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

    /** The value of text that may be JSON, whatever its media type; read leniently, as it only explains a failure. */
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
