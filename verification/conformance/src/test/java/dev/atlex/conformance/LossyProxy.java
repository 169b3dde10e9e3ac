package dev.atlex.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy between a program and its servers, which can break a connection before or after a server has processed
 * the request. The program uses the servers' own URLs, which DPoP proofs contain.
 */
final class LossyProxy implements AutoCloseable {
    /** The part of an exchange that is lost. */
    enum Loss {
        /** The server never gets the request. */
        REQUEST,
        /** The server processes the request, and the program never gets the response. */
        RESPONSE
    }

    /** Headers that concern one connection, or that {@link HttpClient} sets itself. */
    private static final Set<String> NOT_FORWARDED = new TreeSet<>(String.CASE_INSENSITIVE_ORDER) {
        private static final long serialVersionUID = 1L;

        {
            addAll(Set.of("Connection", "Content-Length", "Host", "HTTP2-Settings", "Keep-Alive", "Transfer-Encoding"));
            addAll(Set.of("Upgrade", "Proxy-Connection", "Expect"));
        }
    };

    private final Queue<String> paths = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Fault> next = new AtomicReference<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer listener;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** A loss of the next successful exchange with a path. */
    private record Fault(String path, Loss loss) {}

    LossyProxy() {
        try {
            listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        listener.createContext("/", this::handle);
        listener.setExecutor(threads);
        listener.start();
    }

    ProxySelector selector() {
        return ProxySelector.of(listener.getAddress());
    }

    /** Loses a part of the next exchange with a path. A response that is an error isn't lost, but passed on. */
    void lose(String path, Loss loss) {
        next.set(new Fault(path, loss));
    }

    /** Returns whether the announced loss has happened. */
    boolean hasLost() {
        return next.get() == null;
    }

    /** Returns the number of requests for a path, lost ones included. */
    long count(String path) {
        return paths.stream().filter(path::equals).count();
    }

    private void handle(HttpExchange exchange) throws IOException {
        // Closing an exchange without a response breaks the connection.
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            paths.add(path);
            Fault fault = next.get();
            boolean faulty = fault != null && fault.path().equals(path);
            if (faulty && fault.loss() == Loss.REQUEST) {
                next.set(null);
                return;
            }
            HttpResponse<byte[]> response = forward(exchange, body);
            if (faulty && response.statusCode() == 200) {
                next.set(null);
                return;
            }
            response.headers().map().forEach((name, values) -> {
                if (!NOT_FORWARDED.contains(name)) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            exchange.sendResponseHeaders(
                    response.statusCode(), response.body().length == 0 ? -1 : response.body().length);
            exchange.getResponseBody().write(response.body());
        }
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(exchange.getRequestURI())
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_FORWARDED.contains(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the proxy was closed", e);
        }
    }

    @Override
    public void close() {
        listener.stop(0);
        threads.shutdownNow();
    }
}
