package dev.atlex.bluesky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.atlex.bluesky.card.LinkCards;
import dev.atlex.bluesky.video.VideoOptions;
import dev.atlex.client.transport.JdkTransport;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.UserAgent;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionOptions;
import dev.atlex.testkit.LocalPds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests that cards and videos use the session's transport, with its proxy, TLS settings and {@code User-Agent}. */
class TransportOfBlueskyTest {
    private final Queue<String> userAgents = new ConcurrentLinkedQueue<>();
    private final Queue<String> otherHosts = new ConcurrentLinkedQueue<>();
    private LocalPds pds;
    private HttpServer web;
    private URI article;

    @BeforeEach
    void start() throws IOException {
        pds = LocalPds.start(o -> o.account("alice.test", "password"));
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> {
            userAgents.add(String.join("|", exchange.getRequestHeaders().get("User-Agent")));
            byte[] page = "<title>An article</title>".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        web.start();
        article = URI.create("http://localhost:" + web.getAddress().getPort() + "/article");
    }

    @AfterEach
    void stop() {
        web.stop(0);
        pds.close();
    }

    private Bluesky bluesky(Consumer<? super BlueskyOptions.Builder> options) {
        Transport jdk = JdkTransport.builder().userAgent("mybot/1.0").build();
        Transport transport = request -> {
            if (request.uri().getPort() != pds.url().getPort()) {
                otherHosts.add(request.uri().getHost());
            }
            if (request.uri().getHost().endsWith(".example.com")) {
                throw new TransportException("not in this test", null, false);
            }
            return jdk.send(request);
        };
        PasswordSession session = PasswordSession.login(
                Credentials.of(pds.url().toString(), "alice.test", "password"),
                SessionOptions.of(o -> o.transport(transport)));
        return Bluesky.of(session, BlueskyOptions.of(options));
    }

    @Test
    void card_usesTheSessionsTransport() {
        bluesky(o -> o.cards(LinkCards.of(cards -> cards.allowPrivateAddresses(true))))
                .post(p -> p.text("Read this").card(article));

        assertThat(otherHosts).containsOnly("localhost");
        assertThat(userAgents).containsOnly("mybot/1.0 " + UserAgent.DEFAULT);
    }

    @Test
    void cardsOwnSettings_takePrecedence() {
        bluesky(o -> o.cards(LinkCards.of(cards -> cards.allowPrivateAddresses(true)
                        .transport(Transport.jdk())
                        .userAgent("cards/1"))))
                .post(p -> p.text("Read this").card(article));

        assertThat(otherHosts).isEmpty();
        assertThat(userAgents).containsOnly("cards/1");
    }

    @Test
    void video_usesTheSessionsTransport() {
        Bluesky bsky = bluesky(o -> o.video(VideoOptions.of(video -> video.service("https://video.example.com"))));

        assertThatThrownBy(() -> bsky.videos().limits()).isInstanceOf(RuntimeException.class);
        assertThat(otherHosts).contains("video.example.com");
    }
}
