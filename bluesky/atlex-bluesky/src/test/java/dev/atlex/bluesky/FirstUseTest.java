package dev.atlex.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.embed.External;
import app.bsky.embed.Video;
import app.bsky.feed.Post;
import com.sun.net.httpserver.HttpServer;
import dev.atlex.bluesky.card.LinkCards;
import dev.atlex.bluesky.notification.Notifications;
import dev.atlex.bluesky.richtext.RichText;
import dev.atlex.bluesky.video.Mp4Samples;
import dev.atlex.bluesky.video.VideoOptions;
import dev.atlex.client.Agent;
import dev.atlex.session.store.CursorStore;
import dev.atlex.syntax.AtUri;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import dev.atlex.testkit.TestAccount;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tests typical code, and shows how it should read. */
class FirstUseTest {
    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    private LocalPds pds;
    private TestAccount alice;
    private Agent session;

    @BeforeEach
    void signIn(LocalPds server, TestAccount first) {
        pds = server;
        alice = first;
        session = SignedIn.agent(pds, alice);
    }

    @Test
    void postsAText() {
        pds.createAccount("alice.example.com", "password");

        Bluesky bsky = Bluesky.of(session);
        bsky.post("Release 1.2 is out, thanks @alice.example.com! https://example.com #java");

        assertThat(SignedIn.onlyPost(pds, alice).facets()).hasSize(3);
    }

    @Test
    void postsAnImageAsAReply(@TempDir Path folder) throws IOException {
        Path photo = Files.write(folder.resolve("photo.jpg"), PostTest.PNG);
        Bluesky bsky = Bluesky.of(session);
        AtUri uri = bsky.post("Root").uri();

        bsky.post(p -> p.text("Look").image(photo, "A cat").reply(uri));

        assertThat(SignedIn.posts(pds, alice)).hasSize(2);
    }

    @Test
    void postsALinkCard() throws IOException {
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/article", exchange -> {
            byte[] page = "<title>An article</title>".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        web.start();
        try {
            URI article = URI.create("http://localhost:" + web.getAddress().getPort() + "/article");
            Bluesky bsky = Bluesky.of(
                    session, BlueskyOptions.of(o -> o.cards(LinkCards.of(cards -> cards.allowPrivateAddresses(true)))));

            bsky.post(p -> p.text("Read this").card(article).langs("en"));

            External card = ((Post.Embed.External) SignedIn.onlyPost(pds, alice).embed()).value();
            assertThat(card.external().title()).isEqualTo("An article");
            assertThat(card.external().uri()).hasToString(article.toString());
        } finally {
            web.stop(0);
        }
    }

    @Test
    void cardForUnreadablePageShowsHost() throws IOException {
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.start();
        try {
            URI missing = URI.create("http://localhost:" + web.getAddress().getPort() + "/missing");
            Bluesky bsky = Bluesky.of(
                    session, BlueskyOptions.of(o -> o.cards(LinkCards.of(cards -> cards.allowPrivateAddresses(true)))));

            Posted posted = bsky.post(p -> p.text("Read this").card(missing));

            External card = ((Post.Embed.External) SignedIn.onlyPost(pds, alice).embed()).value();
            assertThat(card.external().title()).isEqualTo("localhost");
            assertThat(card.external().uri()).hasToString(missing.toString());
            assertThat(posted.cardFailure()).isNotNull().hasMessageContaining("404");
        } finally {
            web.stop(0);
        }
    }

    @Test
    void postsAVideo(@TempDir Path folder) throws IOException {
        Path clip = Files.write(folder.resolve("clip.mp4"), Mp4Samples.video(640, 360, 0));
        Bluesky bsky = Bluesky.of(
                session,
                BlueskyOptions.of(
                        o -> o.video(VideoOptions.of(v -> v.service(pds.pdsUrl().toString())))));

        bsky.post(p -> p.text("Watch").video(clip, v -> v.alt("…").timeout(Duration.ofMinutes(5))));

        Video video = ((Post.Embed.Video) SignedIn.onlyPost(pds, alice).embed()).value();
        assertThat(video.alt()).isEqualTo("…");
    }

    @Test
    void postsAThread() {
        Bluesky bsky = Bluesky.of(session);
        String longText = "One sentence of a long text. ".repeat(40);

        bsky.thread(longText, t -> t.numbered(true));

        assertThat(SignedIn.posts(pds, alice)).hasSize(4);
    }

    @Test
    void reactsOnceToAPost() {
        TestAccount bob = pds.createAccount("bob.test", "password");
        AtUri uri = SignedIn.bluesky(pds, bob).post("Like this").uri();
        String actor = bob.handle();
        Bluesky bsky = Bluesky.of(session);

        for (int i = 0; i < 2; i++) {
            bsky.like(uri);
            bsky.repost(uri);
            bsky.follow(actor);
        }

        for (String collection : List.of("app.bsky.feed.like", "app.bsky.feed.repost", "app.bsky.graph.follow")) {
            assertThat(SignedIn.records(pds, alice, collection)).as(collection).hasSize(1);
        }
    }

    @Test
    void deletesAPost() {
        Bluesky bsky = Bluesky.of(session);
        AtUri uri = bsky.post("Hello").uri();

        bsky.delete(uri);
        bsky.delete(uri);

        assertThat(SignedIn.posts(pds, alice)).isEmpty();
    }

    @Test
    void postsBuiltText() {
        Bluesky bsky = Bluesky.of(session);

        RichText text = RichText.builder()
                .text("Go to ")
                .link("this site", "https://example.com")
                .build();
        bsky.post(p -> p.text(text));

        Post post = SignedIn.onlyPost(pds, alice);
        assertThat(post.text()).isEqualTo("Go to this site");
        assertThat(post.facets()).hasSize(1);
    }

    @Test
    @Timeout(60)
    void repliesToEachMentionOnce(@TempDir Path path) {
        Bluesky bob = SignedIn.bluesky(pds, pds.createAccount("bob.test", "password"));
        Bluesky bsky = Bluesky.of(session);
        try (Notifications mentions =
                bsky.notifications(n -> n.reasons("mention", "reply").cursor(CursorStore.file(path)))) {
            mentions.pollOnce(mention -> {}); // saves where to start
        }
        bob.post("Are you there, @" + alice.handle() + "?");

        Notifications mentions =
                bsky.notifications(n -> n.reasons("mention", "reply").cursor(CursorStore.file(path)));
        mentions.forEach(mention -> {
            bsky.reply(mention, "Hello!");
            bsky.reply(mention, "Hello!");
            mentions.close();
        });

        assertThat(SignedIn.onlyPost(pds, alice).text()).isEqualTo("Hello!");
    }
}
