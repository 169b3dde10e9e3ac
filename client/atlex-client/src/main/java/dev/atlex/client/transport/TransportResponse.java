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
 * One HTTP response, whatever its status. Its body is read once, by {@link #body()} or {@link #readAll()}, and by one
 * thread; the response must be closed, which gives up a body that was not read to its end.
 */
public final class TransportResponse implements AutoCloseable {
    /** A server may announce any length: no more than this is reserved before its bytes arrive. */
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

    /** A response whose body is at hand. The array is not copied, and {@link #readAll()} returns it. */
    public static TransportResponse of(int status, HttpHeaders headers, byte[] body) {
        return new TransportResponse(
                status, headers, body, new ByteArrayInputStream(body), null, UnaryOperator.identity());
    }

    /**
     * A response whose body is read from a stream; closing the response closes it.
     *
     * @param headers without {@code content-encoding}, for the stream gives the decoded bytes
     */
    public static TransportResponse of(int status, HttpHeaders headers, InputStream body) {
        return new TransportResponse(
                status, headers, null, Objects.requireNonNull(body, "body"), null, UnaryOperator.identity());
    }

    /** The same response, which came from that URL. */
    public TransportResponse withUri(URI uri) {
        return new TransportResponse(status, headers, bytes, body, uri, redaction);
    }

    /**
     * Returns the same response, with a function that removes secrets from headers and body. The response itself stays as
     * it is; the function is applied before an exception shows or keeps any of it.
     *
     * @param redaction takes a response whose body is at hand and returns one without secrets, or the same if there are none
     */
    public TransportResponse withRedaction(UnaryOperator<TransportResponse> redaction) {
        return new TransportResponse(status, headers, bytes, body, uri, Objects.requireNonNull(redaction, "redaction"));
    }

    /**
     * Returns a response with this status and these headers that has no secrets in it, as far as {@link #withRedaction} says
     * what they are.
     *
     * @param body all bytes of the body; returned as it is by {@link #readAll()} if there are no secrets in it
     */
    public TransportResponse redacted(byte[] body) {
        return redaction.apply(of(status, headers, body));
    }

    /** The URL that the response came from, another one than the request's after a redirect; null if it is not known. */
    public @Nullable URI uri() {
        return uri;
    }

    /** The status code, 100 to 599 unless the server is strange. */
    public int status() {
        return status;
    }

    /** The headers; those that told of a compression which {@link #body()} has undone are left out. */
    public HttpHeaders headers() {
        return headers;
    }

    /**
     * The body, decompressed. From {@link JdkTransport}, reading throws {@link TransportException} if the connection
     * breaks, the body ends early or is wrongly compressed, {@link TransportTimeoutException} when the time of the call
     * is up, {@link TransportInterruptedException}, and {@link ResponseTooLargeException}; and {@link IOException} only
     * after it was closed.
     */
    public InputStream body() {
        return body;
    }

    /**
     * Reads what is left of the body, and closes the response.
     *
     * @throws TransportException as {@link #body()} says
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
                    // The end has to be seen, for only then is the connection free for the next call.
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

    /** Gives the body up, if it was not read to its end. */
    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            // Nothing depends on a body that nobody wants any more.
        }
    }

    /** The status and the headers without credentials. */
    @Override
    public String toString() {
        return "TransportResponse[" + status + ", headers=" + headers + "]";
    }

    private int expectedLength() {
        long length = contentLength(headers.first("content-length"));
        return length < 0 ? DEFAULT_SIZE : (int) Math.min(length, MAX_PRESIZE);
    }

    /** The number of a content-length header, or -1 if it is absent or none. */
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
