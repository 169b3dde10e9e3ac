package dev.atlex.examples.recipes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.atlex.data.LexException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A web server inside this program, for {@link WebSignIn}. */
final class WebSite implements AutoCloseable {
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final Map<String, Route> routes = new HashMap<>();
    private final HttpServer server;
    private final URI url;

    interface Route {
        void handle(BrowserRequest request) throws IOException;
    }

    private WebSite(@Nullable URI url, int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        this.url = url == null ? URI.create("http://127.0.0.1:" + port()) : url;
    }

    static WebSite local() throws IOException {
        return new WebSite(null, 0);
    }

    /** Listens for a proxy that terminates TLS. */
    static WebSite behindProxy(URI url, int port) throws IOException {
        return new WebSite(url, port);
    }

    /** Returns the URL of the site as browsers see it, without a path. */
    URI url() {
        return url;
    }

    /** Returns the port at which this program listens. */
    int port() {
        return server.getAddress().getPort();
    }

    /** Adds a route, which is a method and a path such as {@code GET /}. */
    WebSite on(String route, Route action) {
        routes.put(route, action);
        return this;
    }

    void start() {
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange http) throws IOException {
        try (http) {
            BrowserRequest request = new BrowserRequest(http, url);
            Route none = r -> r.page(404, "<p>There is no such page.</p>");
            try {
                (request.isFormOfAnotherSite() ? none : routes.getOrDefault(request.route(), none)).handle(request);
            } catch (LexException | IllegalArgumentException e) {
                request.page(400, "<p>%s</p><a href=/>Back</a>", e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
