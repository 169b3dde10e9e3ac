package dev.atlex.client.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP response of any status. Its body can be read once, by {@link #body()} or {@link #readAll()}, on one thread.
 * The response must be closed, which discards the rest of the body.
 */
public final class TransportResponse implements AutoCloseable {
    /** A server may announce any length, so at most this much memory is reserved before bytes arrive. */
    private static final int MAX_PRESIZE = 1 << 20;

    private static final int DEFAULT_SIZE = 32 << 10;
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    private final int status;
    private final HttpHeaders headers;
    private final byte @Nullable [] bytes;
    private final @Nullable URI uri;
    private final UnaryOperator<TransportResponse> redaction;
    private final InputStream body;

    private TransportResponse(
            int status,
            HttpHeaders headers,
            byte @Nullable [] bytes,
            InputStream body,
            @Nullable URI uri,
            UnaryOperator<TransportResponse> redaction) {
        this.status = status;
        this.headers = Objects.requireNonNull(headers, "headers");
        this.bytes = bytes;
        this.body = body;
        this.uri = uri;
        this.redaction = redaction;
    }

    /** Returns a response with a body in memory. The array isn't copied, and {@link #readAll()} returns it. */
    public static TransportResponse of(int status, HttpHeaders headers, byte[] body) {
        return new TransportResponse(
                status, headers, body, new ByteArrayInputStream(body), null, UnaryOperator.identity());
    }

    /**
     * Returns a response whose body is read from a stream. Closing the response closes the stream.
     *
     * @param headers the headers without {@code content-encoding}, because the stream provides decoded bytes
     */
    public static TransportResponse of(int status, HttpHeaders headers, InputStream body) {
        return new TransportResponse(
                status, headers, null, Objects.requireNonNull(body, "body"), null, UnaryOperator.identity());
    }

    /** Returns the same response with the URL that it came from. */
    public TransportResponse withUri(URI uri) {
        return new TransportResponse(status, headers, bytes, body, uri, redaction);
    }

    /**
     * Returns the same response with a function that removes secrets from headers and body. It is applied before an
     * exception shows or keeps any part of the response. The response itself stays unchanged.
     *
     * @param redaction takes a response with a body in memory and returns one without secrets, or the same response if
     *     there is nothing to remove
     */
    public TransportResponse withRedaction(UnaryOperator<TransportResponse> redaction) {
        return new TransportResponse(status, headers, bytes, body, uri, Objects.requireNonNull(redaction, "redaction"));
    }

    /**
     * Returns a response with this status and these headers, without the secrets that {@link #withRedaction} removes.
     *
     * @param body the whole body; {@link #readAll()} returns the same array if there are no secrets in it
     */
    public TransportResponse redacted(byte[] body) {
        return redaction.apply(of(status, headers, body));
    }

    /**
     * Returns the URL that the response came from, which differs from the request's after a redirect; null if unknown.
     */
    public @Nullable URI uri() {
        return uri;
    }

    /** Returns the status code, usually 100 to 599. */
    public int status() {
        return status;
    }

    /** Returns the headers, without those that describe a compression that {@link #body()} undoes. */
    public HttpHeaders headers() {
        return headers;
    }

    /**
     * Returns the decompressed body. With {@link JdkTransport}, reading throws {@link TransportException} if the
     * connection breaks, or the body ends early or is corrupt; {@link TransportTimeoutException} when the time limit of
     * the call is reached; {@link TransportInterruptedException}; and {@link ResponseTooLargeException}. It throws
     * {@link IOException} only if the response is closed.
     */
    public InputStream body() {
        return body;
    }

    /**
     * Reads the rest of the body and closes the response.
     *
     * @throws TransportException for the same reasons as reading {@link #body()}
     */
    public byte[] readAll() {
        if (bytes != null) {
            return bytes;
        }
        if (body instanceof ResponseBody received) {
            received.expectReadAll();
        }
        try (body) {
            byte[] buffer = new byte[expectedLength()];
            int size = 0;
            while (true) {
                if (size == buffer.length) {
                    // The connection can be reused for the next call only if the body is read to its end.
                    int next = body.read();
                    if (next < 0) {
                        return buffer;
                    }
                    buffer = Arrays.copyOf(buffer, grown(size));
                    buffer[size++] = (byte) next;
                }
                int count = body.read(buffer, size, buffer.length - size);
                if (count < 0) {
                    return size == buffer.length ? buffer : Arrays.copyOf(buffer, size);
                }
                size += count;
            }
        } catch (IOException e) {
            throw new TransportException("the body of the response could not be read: " + e.getMessage(), e, true);
        }
    }

    /** Closes the response and discards the rest of the body. */
    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            // Nothing depends on a body that is discarded.
        }
    }

    /** Returns the status and the headers without credentials. */
    @Override
    public String toString() {
        return "TransportResponse[" + status + ", headers=" + headers + "]";
    }

    private int expectedLength() {
        long length = contentLength(headers.first("content-length"));
        return length < 0 ? DEFAULT_SIZE : (int) Math.min(length, MAX_PRESIZE);
    }

    /** Returns the number in a content-length header, or -1 if it is absent or malformed. */
    static long contentLength(@Nullable String header) {
        if (header == null || header.isEmpty() || header.length() > 18) {
            return -1;
        }
        long length = 0;
        for (int i = 0; i < header.length(); i++) {
            int digit = header.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            length = length * 10 + digit;
        }
        return length;
    }

    private static int grown(int size) {
        if (size >= MAX_ARRAY) {
            throw new ResponseTooLargeException("the body of the response does not fit in an array", MAX_ARRAY);
        }
        return (int) Math.min(MAX_ARRAY, Math.max(DEFAULT_SIZE, size * 2L));
    }
}
