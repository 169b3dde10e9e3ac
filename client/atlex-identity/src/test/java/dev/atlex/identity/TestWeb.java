package dev.atlex.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A transport that sends requests for a test's {@code https} hosts to one local HTTP server. */
final class TestWeb implements Transport, AutoCloseable {
    /** Writes the response for a URL. */
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    /** The requested URLs, unchanged. */
    final Queue<String> asked = new ConcurrentLinkedQueue<>();

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Transport transport = Transport.jdk();
    private final HttpServer server;

    TestWeb() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            try (exchange) {
                Answer answer = answers.get(exchange.getRequestURI().getPath().substring(1));
                if (answer == null) {
                    status(404, "").to(exchange);
                } else {
                    answer.to(exchange);
                }
            }
        });
        server.start();
    }

    /** @param url without {@code https://} */
    TestWeb put(String url, Answer answer) {
        answers.put(url, answer);
        return this;
    }

    TestWeb put(String url, String body) {
        return put(url, status(200, body));
    }

    static Answer status(int status, String body, String... headers) {
        byte[] bytes = body.getBytes(UTF_8);
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    static Answer redirect(String location) {
        return status(302, "", "location", location);
    }

    /** Returns the server's actual URL. */
    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public TransportResponse send(TransportRequest request) {
        URI url = request.uri();
        asked.add(url.toString());
        if (url.getHost().equals("127.0.0.1") || url.getHost().equals("localhost")) {
            return transport.send(request);
        }
        if (answers.keySet().stream().noneMatch(key -> key.startsWith(url.getHost() + "/"))) {
            throw new TransportException(
                    url.getHost() + ": unknown host", new UnknownHostException(url.getHost()), false);
        }
        URI real = URI.create(url() + "/" + url.getHost() + url.getRawPath());
        return transport.send(request.toBuilder().uri(real).build());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
