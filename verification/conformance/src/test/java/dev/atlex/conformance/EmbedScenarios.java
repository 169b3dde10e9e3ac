package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import app.bsky.embed.EmbedDefs.AspectRatio;
import app.bsky.embed.External;
import app.bsky.embed.Gallery;
import app.bsky.embed.Images;
import app.bsky.embed.Images.ViewImage;
import app.bsky.embed.Record.View.RecordUnion;
import app.bsky.embed.Record.ViewRecord;
import app.bsky.embed.RecordWithMedia;
import app.bsky.feed.FeedDefs.PostView;
import app.bsky.feed.Post;
import app.bsky.feed.Postgate;
import com.sun.net.httpserver.HttpServer;
import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.Posted;
import dev.atlex.bluesky.card.LinkCard;
import dev.atlex.bluesky.card.LinkCards;
import dev.atlex.data.BlobRef;
import dev.atlex.syntax.AtUri;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Scenarios for posts with images, cards and quotes. */
abstract class EmbedScenarios extends BlueskyScenarios {
    EmbedScenarios(BlueskyServer server) {
        super(server);
    }

    /** Returns the quoted post or its placeholder, in a post without media. */
    static RecordUnion quoted(PostView view) {
        assertThat(view.embed()).isInstanceOf(PostView.Embed.RecordView.class);
        return ((PostView.Embed.RecordView) view.embed()).value().record();
    }

    private static ViewRecord shown(RecordUnion quoted) {
        assertThat(quoted).isInstanceOf(RecordUnion.ViewRecord.class);
        return ((RecordUnion.ViewRecord) quoted).value();
    }

    private static RecordWithMedia.View quotedWithMedia(PostView view) {
        assertThat(view.embed()).isInstanceOf(PostView.Embed.RecordWithMediaView.class);
        return ((PostView.Embed.RecordWithMediaView) view.embed()).value();
    }

    private static List<ViewImage> images(PostView view) {
        assertThat(view.embed()).isInstanceOf(PostView.Embed.ImagesView.class);
        return ((PostView.Embed.ImagesView) view.embed()).value().images();
    }

    private static List<BlobRef> blobs(PostView view) {
        Post.Embed embed = record(view).embed();
        assertThat(embed).isInstanceOf(Post.Embed.Images.class);
        return ((Post.Embed.Images) embed)
                .value().images().stream().map(Images.Image::image).toList();
    }

    private static AspectRatio ratio(int width, int height) {
        return AspectRatio.builder().width(width).height(height).build();
    }

    @Test
    void images_haveTextRatioAndUrl() {
        Person alice = person();
        Person bob = person();

        Posted posted = alice.bsky()
                .post(p -> p.text("Look")
                        .image(SampleImages.png(30, 20), "A line 👋")
                        .image(SampleImages.png(20, 50), ""));

        PostView view = view(bob, posted.uri());
        assertThat(images(view))
                .extracting(ViewImage::alt, ViewImage::aspectRatio)
                .containsExactly(tuple("A line 👋", ratio(30, 20)), tuple("", ratio(20, 50)));
        List<BlobRef> blobs = blobs(view);
        assertThat(blobs).extracting(BlobRef::mimeType).containsExactly("image/png", "image/png");
        for (int i = 0; i < 2; i++) {
            String cid = blobs.get(i).ref().toString();
            assertThat(images(view).get(i).thumb()).startsWith("http").contains(cid);
            assertThat(images(view).get(i).fullsize()).startsWith("http").contains(cid);
        }
    }

    @Test
    void phonePhoto_isUprightAndWithoutLocation() throws IOException {
        Person alice = person();
        byte[] photo = SampleImages.phonePhoto(60, 40);
        assertThat(new String(photo, StandardCharsets.ISO_8859_1)).contains(SampleImages.LOCATION);

        Posted posted = alice.bsky().post(p -> p.image(photo, "A photo"));

        PostView view = view(person(), posted.uri());
        assertThat(images(view)).extracting(ViewImage::aspectRatio).containsExactly(ratio(40, 60));
        BlobRef blob = blobs(view).get(0);
        byte[] stored = alice.client().getBlob(alice.did(), blob.ref()).toByteArray();
        assertThat(new String(stored, StandardCharsets.ISO_8859_1))
                .doesNotContain(SampleImages.LOCATION, "Exif", "http://ns.adobe.com");
        assertThat(ImageIO.read(new ByteArrayInputStream(stored)).getHeight()).isEqualTo(60);
    }

    @Test
    void gallery_showsItsImages() {
        Person alice = person();

        Posted posted = alice.bsky().post(p -> {
            p.text("Many").gallery();
            for (int i = 1; i <= 10; i++) {
                p.image(SampleImages.png(10 + i, 10), "Image " + i);
            }
        });

        PostView view = view(person(), posted.uri());
        assertThat(view.embed()).isInstanceOf(PostView.Embed.GalleryView.class);
        List<Gallery.ViewImage> images = ((PostView.Embed.GalleryView) view.embed())
                .value().items().stream()
                        .map(item -> ((Gallery.View.ItemsItem.ViewImage) item).value())
                        .toList();
        assertThat(images).hasSize(10);
        assertThat(images.get(9).alt()).isEqualTo("Image 10");
        assertThat(images.get(9).aspectRatio()).isEqualTo(ratio(20, 10));
        assertThat(images.get(9).fullsize()).startsWith("http");
    }

    @Test
    void ownCard_isShown() {
        Person alice = person();
        URI uri = URI.create("https://example.com/article?a=ä");

        Posted posted = alice.bsky().post(p -> p.text("Read this").card(LinkCard.of(uri, "Title", "A description")));

        External.ViewExternal card = card(view(person(), posted.uri()));
        assertThat(card.uri()).isEqualTo("https://example.com/article?a=%C3%A4");
        assertThat(card.title()).isEqualTo("Title");
        assertThat(card.description()).isEqualTo("A description");
        assertThat(card.thumb()).isNull();
    }

    private static External.ViewExternal card(PostView view) {
        assertThat(view.embed()).isInstanceOf(PostView.Embed.ExternalView.class);
        return ((PostView.Embed.ExternalView) view.embed()).value().external();
    }

    @Test
    void fetchedCard_showsThePageAndItsImage() throws IOException {
        Person alice = person();
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] image = SampleImages.png(40, 20);
        web.createContext("/article", exchange -> {
            byte[] page = ("<title>No</title><meta property=og:title content='Der Käfer'>"
                            + "<meta property=og:description content=Lang><meta property=og:image content=/image.png>")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        web.createContext("/image.png", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "image/png");
            exchange.sendResponseHeaders(200, image.length);
            exchange.getResponseBody().write(image);
            exchange.close();
        });
        web.start();
        try {
            URI page = URI.create("http://127.0.0.1:" + web.getAddress().getPort() + "/article");
            Bluesky bsky = Bluesky.of(
                    alice.session(),
                    STRICT.toBuilder()
                            .cards(LinkCards.of(o -> o.allowPrivateAddresses(true)))
                            .build());

            Posted posted = bsky.post(p -> p.text("Read this").card(page));

            assertThat(posted.cardFailure()).isNull();
            External.ViewExternal card = card(view(person(), posted.uri()));
            assertThat(card.uri()).isEqualTo(page.toString());
            assertThat(card.title()).isEqualTo("Der Käfer");
            assertThat(card.description()).isEqualTo("Lang");
            assertThat(card.thumb()).startsWith("http");
        } finally {
            web.stop(0);
        }
    }

    @Test
    void quote_showsThePostWithItsEmbed() {
        Person alice = person();
        Person bob = person();
        Posted first = alice.bsky().post(p -> p.text("First").image(SampleImages.png(3, 2), "Pixels"));
        server.index();

        Posted second = bob.bsky().quote(first.webUrl().toString(), "Second");

        ViewRecord quoted = shown(quoted(view(alice, second.uri())));
        assertThat(quoted.uri()).isEqualTo(first.uri());
        assertThat(quoted.cid()).isEqualTo(first.cid());
        assertThat(quoted.author().did()).isEqualTo(alice.did());
        assertThat(post(quoted.value()).text()).isEqualTo("First");
        assertThat(quoted.embeds()).hasSize(1).hasOnlyElementsOfType(ViewRecord.EmbedsItem.ImagesView.class);
        assertThat(view(alice, first.uri()).quoteCount()).isEqualTo(1);
        assertThat(texts(alice.bsky().quotes(first.uri()).toList())).containsExactly("Second");
    }

    @Test
    void quoteWithImages_showsBoth() {
        Person alice = person();
        Person bob = person();
        Posted first = alice.bsky().post("First");
        server.index();

        Posted second = bob.bsky().quote(first.uri(), p -> p.text("Second").image(SampleImages.png(3, 2), "Pixels"));

        RecordWithMedia.View embed = quotedWithMedia(view(alice, second.uri()));
        assertThat(shown(embed.record().record()).uri()).isEqualTo(first.uri());
        assertThat(embed.media()).isInstanceOf(RecordWithMedia.View.Media.ImagesView.class);
        assertThat(((RecordWithMedia.View.Media.ImagesView) embed.media())
                        .value()
                        .images())
                .extracting(ViewImage::alt)
                .containsExactly("Pixels");
    }

    @Test
    void quoteWithACard_showsBoth() {
        Person alice = person();
        Posted first = alice.bsky().post("First");

        Posted second = alice.bsky()
                .quote(
                        first.uri(),
                        p -> p.text("Second").card(LinkCard.of(URI.create("https://example.com/"), "Title", "")));

        RecordWithMedia.View embed = quotedWithMedia(view(alice, second.uri()));
        assertThat(shown(embed.record().record()).uri()).isEqualTo(first.uri());
        assertThat(embed.media()).isInstanceOf(RecordWithMedia.View.Media.ExternalView.class);
    }

    @Test
    void nestedQuote_showsOnlyOuterOne() {
        Person alice = person();
        Posted first = alice.bsky().post("First");
        Posted second = alice.bsky().quote(first.uri(), "Second");
        Posted third = alice.bsky().quote(second.uri(), "Third");

        ViewRecord quoted = shown(quoted(view(alice, third.uri())));

        assertThat(quoted.uri()).isEqualTo(second.uri());
        assertThat(quoted.embeds()).hasSize(1).hasOnlyElementsOfType(ViewRecord.EmbedsItem.View.class);
        RecordUnion inner =
                ((ViewRecord.EmbedsItem.View) quoted.embeds().get(0)).value().record();
        assertThat(shown(inner).uri()).isEqualTo(first.uri());
        assertThat(shown(inner).embeds()).isNull();
    }

    @Test
    void quotedPost_deletedOrBlocked_isAPlaceholder() {
        Person alice = person();
        Person bob = person();
        Person carol = person();
        Posted deleted = alice.bsky().post("Deleted later");
        Posted blocked = alice.bsky().post("Blocked later");
        server.index();
        Posted ofDeleted = bob.bsky().quote(deleted.uri(), "One");
        Posted ofBlocked = bob.bsky().quote(blocked.uri(), "Two");

        alice.bsky().delete(deleted.uri());
        assertThat(quoted(view(carol, ofDeleted.uri()))).isInstanceOf(RecordUnion.ViewNotFound.class);

        alice.bsky().block(carol.did());
        RecordUnion placeholder = quoted(view(carol, ofBlocked.uri()));
        assertThat(placeholder).isInstanceOf(RecordUnion.ViewBlocked.class);
        assertThat(((RecordUnion.ViewBlocked) placeholder).value().author().did())
                .isEqualTo(alice.did());
        assertThat(quoted(view(bob, ofBlocked.uri()))).isInstanceOf(RecordUnion.ViewRecord.class);
    }

    private static AtUri gateOf(AtUri post) {
        return AtUri.of(post.toString().replace("app.bsky.feed.post", "app.bsky.feed.postgate"));
    }

    @Test
    void detachedQuote_isAPlaceholder() {
        Person alice = person();
        Person bob = person();
        Posted first = alice.bsky().post("First");
        server.index();
        Posted second = bob.bsky().quote(first.uri(), "Second");

        alice.client()
                .put(
                        Postgate.RECORD,
                        gateOf(first.uri()),
                        gate -> gate.post(first.uri())
                                .detachedEmbeddingUris(second.uri())
                                .createdAt(Instant.now()));

        assertThat(quoted(view(bob, second.uri()))).isInstanceOf(RecordUnion.ViewDetached.class);
    }
}
