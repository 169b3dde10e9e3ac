package dev.atlex.identity;

import dev.atlex.client.internal.RequestLog;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Fetches small documents with HTTP GET. */
final class HttpFetcher {
    private final Transport transport;
    private final Duration timeout;

    HttpFetcher(Transport transport, Duration timeout) {
        this.transport = transport;
        this.timeout = timeout;
    }

    /**
     * A response.
     *
     * @param body empty unless the status is 2xx
     */
    record Page(int status, byte[] body, @Nullable String location) {
        boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        /** Returns whether the document doesn't exist: the status is 404, or 410 for a DID that was deactivated. */
        boolean isNotFound() {
            return status == 404 || status == 410;
        }
    }

    /**
     * Sends a request and reads the response.
     *
     * @throws TransportException if the server can't be reached or doesn't respond in time, or the body is too large
     */
    Page get(URI url, String accept, int maxBytes) {
        TransportRequest request = TransportRequest.get(url)
                .headers(HttpHeaders.of("accept", accept))
                .timeout(timeout)
                .maxResponseBytes(maxBytes)
                .build();
        try (TransportResponse response = RequestLog.send(transport, request)) {
            boolean success = response.status() >= 200 && response.status() < 300;
            return new Page(
                    response.status(),
                    success ? response.readAll() : new byte[0],
                    response.headers().first("location"));
        }
    }
}
