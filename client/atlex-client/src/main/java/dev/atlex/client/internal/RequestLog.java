package dev.atlex.client.internal;

import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.internal.Excerpt;
import java.lang.System.Logger.Level;
import java.net.URI;

/**
 * Sends requests and logs each one at level DEBUG: method, NSID, host, status, duration, attempt, and the server's ID
 * for the request. Queries, bodies and all other headers are never logged. Neither are the messages of failures,
 * because a server may quote a token in them.
 */
public final class RequestLog {
    static final System.Logger LOG = System.getLogger("dev.atlex.client");

    private static final String XRPC = "/xrpc/";
    private static final int MAX_SHOWN = 200;

    private RequestLog() {}

    /**
     * Sends a request and logs its outcome.
     *
     * @throws dev.atlex.client.transport.TransportException if there is no response
     */
    public static TransportResponse send(Transport transport, TransportRequest request) {
        if (!LOG.isLoggable(Level.DEBUG)) {
            return transport.send(request);
        }
        long start = System.nanoTime();
        TransportResponse response;
        try {
            response = transport.send(request);
        } catch (RuntimeException | Error e) {
            log(request, "failed with " + e.getClass().getSimpleName(), start, HttpHeaders.of());
            throw e;
        }
        log(request, Integer.toString(response.status()), start, response.headers());
        return response;
    }

    private static void log(TransportRequest request, String outcome, long start, HttpHeaders headers) {
        long millis = (System.nanoTime() - start) / 1_000_000;
        String id = headers.first("x-request-id");
        LOG.log(
                Level.DEBUG,
                "{0} {1} {2} {3} in {4} ms, attempt {5}{6}",
                request.method(),
                name(request.uri()),
                host(request.uri()),
                outcome,
                Long.toString(millis),
                Integer.toString(request.attempt()),
                id == null || id.isBlank() ? "" : ", request " + Excerpt.line(id, MAX_SHOWN));
    }

    /** Returns the NSID of the method in a URL, or the whole path if the URL contains no method. */
    private static String name(URI uri) {
        String path = uri.getRawPath().startsWith(XRPC) ? uri.getRawPath().substring(XRPC.length()) : uri.getRawPath();
        return path.isEmpty() ? "/" : Excerpt.line(path, MAX_SHOWN);
    }

    private static String host(URI uri) {
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }
}
