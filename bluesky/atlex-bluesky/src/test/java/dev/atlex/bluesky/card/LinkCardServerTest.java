package dev.atlex.bluesky.card;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests link cards with a server that hangs, breaks connections or never ends a response. */
@Timeout(60)
class LinkCardServerTest {
    @FunctionalInterface
    interface Page {
        void write(HttpExchange exchange) throws IOException;
    }

    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;
    private URI url;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                requests.incrementAndGet();
                pages.get(exchange.getRequestURI().getPath()).write(exchange);
            }
        });
        server.start();
        url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @AfterEach
    void stop() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void hang() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void html(HttpExchange exchange, String html) throws IOException {
        exchange.getResponseHeaders().set("content-type", "text/html");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(html.getBytes(UTF_8));
        exchange.getResponseBody().flush();
    }

    private static LinkCards cards() {
        return LinkCards.of(o -> o.allowPrivateAddresses(true)
                .attemptTimeout(Duration.ofMillis(700))
                .timeout(Duration.ofSeconds(20)));
    }

    @Test
    void pageThatHangsOnce_isTriedAgain() {
        pages.put("/", exchange -> {
            if (requests.get() == 1) {
                hang();
            } else {
                html(exchange, "<title>Second attempt</title>");
            }
        });
        assertThat(cards().fetch(url).title()).isEqualTo("Second attempt");
        assertThat(requests).hasValue(2);
    }

    @Test
    void pageThatAlwaysHangs_failsWithinTheTimeLimit() {
        pages.put("/", exchange -> hang());
        assertThatThrownBy(() -> cards().fetch(url))
                .isInstanceOf(LinkCardException.class)
                .hasMessageContaining("did not respond in time");
        assertThat(requests).hasValue(3);
    }

    @Test
    void pageThatHangsAfterHead_isReadImmediately() {
        pages.put("/", exchange -> {
            html(exchange, "<head><title>Enough</title></head><body>");
            hang();
        });
        assertThat(cards().fetch(url).title()).isEqualTo("Enough");
        assertThat(requests).hasValue(1);
    }

    @Test
    void pageThatBreaksOffWithinItsHead_isUsedIfItHasATitle() {
        pages.put("/", exchange -> {
            html(exchange, "<head><title>Enough</title><meta name=a");
            hang();
        });
        assertThat(cards().fetch(url).title()).isEqualTo("Enough");
    }

    @Test
    void endlessPage_isReadUpToTheLimit() {
        pages.put("/", exchange -> {
            html(exchange, "<head><title>Endless</title>");
            OutputStream body = exchange.getResponseBody();
            byte[] filler = "<meta name=x content=y>\n".repeat(1000).getBytes(UTF_8);
            while (closing.getCount() > 0) {
                body.write(filler);
            }
        });
        LinkCards cards = LinkCards.of(o -> o.allowPrivateAddresses(true).maxPageBytes(100_000));
        assertThat(cards.fetch(url).title()).isEqualTo("Endless");
    }

    @Test
    void headMayEndInAScript_andIsReadToItsRealEnd() {
        pages.put("/", exchange -> {
            html(exchange, "<head><script>'</head>'</script>" + " ".repeat(40_000));
            writeHtml(exchange, "<title>After the script</title></head>");
            hang();
        });
        assertThat(cards().fetch(url).title()).isEqualTo("After the script");
    }

    private static void writeHtml(HttpExchange exchange, String html) throws IOException {
        exchange.getResponseBody().write(html.getBytes(UTF_8));
        exchange.getResponseBody().flush();
    }

    @Test
    void imageThatHangs_losesOnlyThumb() {
        pages.put("/", exchange -> html(exchange, "<title>T</title><meta property=og:image content=/i.png></head>"));
        pages.put("/i.png", exchange -> hang());
        LinkCard card = cards().fetch(url);
        assertThat(card.title()).isEqualTo("T");
        assertThat(card.thumb()).isNull();
        assertThat(card.thumbFailure()).hasMessageContaining("did not respond in time");
    }

    @Test
    void loopbackIsRefusedByDefault() {
        assertThatThrownBy(() -> LinkCards.create().fetch(url)).isInstanceOf(LinkCardException.class);
        assertThat(requests).hasValue(0);
    }

    /** An occasional byte keeps the connection alive, so only the deadline ends the read. */
    @Test
    void slowBody_endsAtDeadline() {
        pages.put("/", exchange -> {
            html(exchange, "<");
            try {
                while (!closing.await(50, TimeUnit.MILLISECONDS)) {
                    exchange.getResponseBody().write(' ');
                    exchange.getResponseBody().flush();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        LinkCards cards = LinkCards.of(o -> o.allowPrivateAddresses(true)
                .attemptTimeout(Duration.ofMillis(700))
                .timeout(Duration.ofSeconds(2)));
        long start = System.nanoTime();
        assertThatThrownBy(() -> cards.fetch(url))
                .isInstanceOfSatisfying(
                        LinkCardException.class, e -> assertThat(e.retryable()).isTrue());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    /** The response contains 200 MB of zeros, compressed to 200 kB, but only the part up to the limit is read. */
    @Test
    void gzipBomb_isReadUpToTheLimit() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write("<title>Bomb</title><meta property=\"og:image\" content=\"/image\">".getBytes(UTF_8));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                gzip.write(zeros);
            }
        }
        Page page = exchange -> {
            exchange.getResponseHeaders().set("content-type", "text/html");
            exchange.getResponseHeaders().set("content-encoding", "gzip");
            exchange.sendResponseHeaders(200, bomb.size());
            exchange.getResponseBody().write(bomb.toByteArray());
        };
        pages.put("/", page);
        pages.put("/image", page);
        LinkCard card = cards().fetch(url);
        assertThat(card.title()).isEqualTo("Bomb");
        assertThat(card.thumb()).isNull();
        assertThat(card.thumbFailure()).isNotNull();
    }

    @Test
    void hugeAttributesAndTags_areShortened() {
        String mega = "x".repeat(1 << 20);
        pages.put(
                "/",
                exchange -> html(
                        exchange,
                        "<title>" + "Title ".repeat(50_000) + "</title><meta property=\"og:description\""
                                + " content=\"" + "Text ".repeat(50_000) + "\" " + mega + "=\"" + mega
                                + "\"><meta property=\"og:image\""
                                + " content=\"https://example.com/" + mega + "\">"));
        LinkCard card = cards().fetch(url);
        assertThat(card.title().length()).isBetween(1, 300);
        assertThat(card.description().length()).isLessThanOrEqualTo(1000);
    }
}
