package dev.atlex.examples.recipes;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * A website inside this program, for the recipes that read one. It has an article, and a feed with a new and an old
 * item.
 */
final class Sites implements AutoCloseable {
    private final HttpServer server;

    private Sites() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve("/article", "text/html", """
                <title>Release 1.2</title><meta name="description" content="Threads, cards and images">""");
        serve("/feed.xml", "application/rss+xml", """
                <rss version="2.0"><channel><title>Releases</title>
                <item><title>Release 1.2 is out #java</title><link>%1$s</link><guid>release-1.2</guid>
                <pubDate>%2$s</pubDate></item>
                <item><title>Release 1.1 is out #java</title><link>%1$s</link><guid>release-1.1</guid>
                <pubDate>%3$s</pubDate></item>
                </channel></rss>""".formatted(
                        article(), before(Duration.ofHours(1)), before(Duration.ofDays(30))));
        server.start();
    }

    static Sites start() throws IOException {
        return new Sites();
    }

    URI article() {
        return uri("/article");
    }

    URI feed() {
        return uri("/feed.xml");
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }

    private static String before(Duration age) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).minus(age));
    }

    private void serve(String path, String type, String content) {
        server.createContext(path, exchange -> {
            byte[] body = content.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
