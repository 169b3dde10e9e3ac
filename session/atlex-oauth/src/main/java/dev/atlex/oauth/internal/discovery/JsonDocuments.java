package dev.atlex.oauth.internal.discovery;

import dev.atlex.client.internal.RequestLog;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.ResponseTooLargeException;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.data.internal.Excerpt;
import dev.atlex.data.internal.MediaType;
import java.net.URI;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Fetches metadata as the specification requires: exactly status 200, {@code application/json}, no redirects. A
 * document has at most 64 KiB, and must arrive within 5 seconds.
 */
public final class JsonDocuments {
    private static final int MAX_BYTES = 64 << 10;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final ReadOptions READING = ReadOptions.LENIENT.withMaxDepth(32);

    private final Transport transport;
    private final BiConsumer<? super URI, ? super HttpHeaders> observer;

    /** Creates a fetcher. */
    public JsonDocuments(Transport transport) {
        this(transport, (url, headers) -> {});
    }

    /**
     * Creates a fetcher.
     *
     * @param observer the function that receives the URL and the headers of each response
     */
    JsonDocuments(Transport transport, BiConsumer<? super URI, ? super HttpHeaders> observer) {
        this.transport = transport;
        this.observer = observer;
    }

    /** Thrown when a response isn't an acceptable document. */
    public static final class InvalidDocumentException extends LexException {
        private static final long serialVersionUID = 1L;

        private final int status;

        InvalidDocumentException(int status, String problem, @Nullable Throwable cause) {
            super(problem, cause);
            this.status = status;
        }

        /** Returns the status of the response. */
        public int status() {
            return status;
        }

        /** Returns whether a retry may succeed, because the server is overloaded or failing. */
        public boolean retryable() {
            return status >= 500 || status == 429;
        }
    }

    /**
     * Fetches a document.
     *
     * @throws InvalidDocumentException if the response isn't an acceptable JSON object; the message doesn't contain the
     *     URL
     * @throws TransportException if there is no complete response
     */
    public LexMap fetch(URI url) {
        TransportRequest request = TransportRequest.get(url)
                .headers(HttpHeaders.of("accept", MediaType.JSON))
                .timeout(TIMEOUT)
                .maxResponseBytes(MAX_BYTES)
                .build();
        try (TransportResponse response = RequestLog.send(transport, request)) {
            observer.accept(url, response.headers());
            int status = response.status();
            if (status >= 300 && status < 400) {
                throw new InvalidDocumentException(
                        status, "expected status 200 without a redirect (got " + status + ")", null);
            } else if (status != 200) {
                throw new InvalidDocumentException(status, "expected status 200 (got " + status + ")", null);
            }
            String type = response.headers().first("content-type");
            if (!MediaType.JSON.equals(MediaType.essence(type))) {
                throw new InvalidDocumentException(
                        status,
                        "expected the content type application/json (got "
                                + (type == null ? "none" : Excerpt.quote(type)) + ")",
                        null);
            }
            return parse(response.readAll());
        } catch (ResponseTooLargeException e) {
            throw new InvalidDocumentException(200, "expected at most " + MAX_BYTES + " bytes", e);
        }
    }

    private static LexMap parse(byte[] body) {
        try {
            if (LexValue.parseJson(body, READING) instanceof LexMap map) {
                return map;
            }
        } catch (LexException e) {
            throw new InvalidDocumentException(200, "malformed JSON: " + e.getMessage(), e);
        }
        throw new InvalidDocumentException(200, "expected a JSON object", null);
    }
}
