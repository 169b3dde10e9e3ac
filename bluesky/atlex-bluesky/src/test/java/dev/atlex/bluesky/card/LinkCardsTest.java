package dev.atlex.bluesky.card;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bsky.embed.External;
import dev.atlex.bluesky.image.PreparedImage;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.data.BlobRef;
import dev.atlex.data.Cid;
import dev.atlex.identity.ForbiddenHostException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests link cards on a fake web. Private hosts are forbidden there as usual. */
class LinkCardsTest {
    private static final URI PAGE = URI.create("https://example.com/post");
    private static final String ARTICLE = """
            <!DOCTYPE html><html><head><meta charset="utf-8">
            <meta property="og:title" content="Ein Titel &amp; mehr">
            <meta property="og:description" content="Worum es geht">
            <meta property="og:image" content="/cover.png">
            <link rel="canonical" href="/canonical">
            </head><body>…""";

    private final FakeWeb web = new FakeWeb();
    private final List<Duration> pauses = new ArrayList<>();
    private final AtomicLong now = new AtomicLong();

    private LinkCards cards(Consumer<? super LinkCardOptions.Builder> options) {
        TimeSource time = new TimeSource(
                Clock.systemUTC(),
                now::get,
                pause -> {
                    pauses.add(pause);
                    now.addAndGet(pause.toNanos());
                },
                () -> 0.5);
        return new LinkCards(
                LinkCardOptions.of(o -> {
                    o.transport(web);
                    options.accept(o);
                }),
                FakeWeb::addresses,
                time);
    }

    private LinkCard fetch(String url) {
        return cards(o -> {}).fetch(URI.create(url));
    }

    private static byte[] png(int width, int height) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static PreparedImage thumb(LinkCard card) {
        PreparedImage thumb = card.thumb();
        assertThat(thumb)
                .as("thumb of %s, failure %s", card, card.thumbFailure())
                .isNotNull();
        return thumb;
    }

    @Nested
    class Pages {
        @Test
        void article_hasTitleDescriptionAndImage() {
            web.html("https://example.com/post", ARTICLE)
                    .put("https://example.com/cover.png", 200, png(40, 20), "content-type", "image/png");
            LinkCard card = fetch("https://example.com/post");
            assertThat(card.uri()).isEqualTo(PAGE);
            assertThat(card.title()).isEqualTo("Ein Titel & mehr");
            assertThat(card.description()).isEqualTo("Worum es geht");
            assertThat(card.canonicalUri()).isEqualTo(URI.create("https://example.com/canonical"));
            assertThat(thumb(card).mediaType()).isEqualTo("image/png");
            assertThat(thumb(card).width()).isEqualTo(40);
            assertThat(thumb(card).height()).isEqualTo(20);
            assertThat(card.thumbFailure()).isNull();
        }

        @Test
        void pageWithoutMetadata_hasHostAsTitle() {
            web.html("https://example.com/post", "<p>Hello");
            LinkCard card = fetch("https://example.com/post");
            assertThat(card.title()).isEqualTo("example.com");
            assertThat(card.description()).isEmpty();
            assertThat(card.thumb()).isNull();
            assertThat(card.thumbFailure()).isNull();
        }

        @Test
        void image_isItsOwnThumb() {
            web.put("https://example.com/a%20cat.png", 200, png(3, 2), "content-type", "image/png");
            LinkCard card = fetch("https://example.com/a%20cat.png");
            assertThat(card.title()).isEqualTo("a cat.png");
            assertThat(thumb(card).width()).isEqualTo(3);
        }

        @Test
        void otherDocument_hasFileNameAsTitle() {
            web.put("https://example.com/Report%202026.pdf", 200, new byte[9], "content-type", "application/pdf");
            assertThat(fetch("https://example.com/Report%202026.pdf").title()).isEqualTo("Report 2026.pdf");
        }

        @Test
        void redirects_areFollowed_andUrlsResolvedAgainstTheLast() {
            web.redirect("https://short.com/x", 301, "https://example.com/dir/")
                    .redirect("https://example.com/dir/", 302, "post")
                    .html("https://example.com/dir/post", "<title>T</title><meta property=og:image content=i.png>")
                    .put("https://example.com/dir/i.png", 302, new byte[0], "location", "//cdn.com/i.png")
                    .put("https://cdn.com/i.png", 200, png(1, 1));
            LinkCard card = fetch("https://short.com/x");
            assertThat(card.uri()).isEqualTo(URI.create("https://short.com/x"));
            assertThat(card.title()).isEqualTo("T");
            assertThat(thumb(card).mediaType()).isEqualTo("image/png");
        }

        @Test
        void redirectWithUserInfo_isNotFollowed() {
            web.redirect("https://example.com/post", 302, "https://user:hunter2@example.org/");
            assertThatThrownBy(() -> fetch("https://example.com/post"))
                    .isInstanceOf(LinkCardException.class)
                    .hasMessageContaining("a redirect that is not followed")
                    .hasMessageNotContaining("hunter2");
            assertThat(web.urls()).containsExactly("https://example.com/post");
        }

        @Test
        void userInfoInPage_isNotUsed() {
            web.html("https://example.com/post", """
                    <base href="https://user:hunter2@example.org/">
                    <meta property="og:image" content="https://user:hunter2@example.org/a.png">
                    <link rel="canonical" href="https://user:hunter2@example.org/post">""");
            LinkCard card = fetch("https://example.com/post");
            assertThat(card.canonicalUri()).isNull();
            assertThat(card.thumb()).isNull();
            assertThat(card.toString()).doesNotContain("hunter2");
            assertThat(web.urls()).containsExactly("https://example.com/post");
        }

        @Test
        void redirectLoop_fails() {
            web.redirect("https://example.com/post", 302, "/post2").redirect("https://example.com/post2", 302, "/post");
            assertThatThrownBy(() -> fetch("https://example.com/post"))
                    .isInstanceOf(LinkCardException.class)
                    .hasMessageContaining("a redirect that is not followed");
        }

        @Test
        void requests_haveConfiguredUserAgent_andNoCredentials() {
            web.html("https://example.com/post", ARTICLE);
            fetch("https://example.com/post");
            assertThat(web.requests).isNotEmpty().allSatisfy(request -> {
                // The transport adds its own User-Agent.
                assertThat(request.headers().first("user-agent")).isNull();
                assertThat(request.headers().first("authorization")).isNull();
            });
        }

        @Test
        void internationalHostAndPath_areEncoded() {
            web.html("https://xn--bcher-kva.example.com/stra%C3%9Fe", "<title>T</title>");
            LinkCard card = fetch("https://bücher.example.com/straße#teil");
            assertThat(card.title()).isEqualTo("T");
            assertThat(card.toEmbed(null).external().uri())
                    .startsWith("https://")
                    .endsWith("#teil");
        }

        @ParameterizedTest
        @ValueSource(strings = {"mailto:a@example.com", "/relative", "ftp://example.com/", "https:///x"})
        void urlThatIsNotHttp_fails(String url) {
            assertThatThrownBy(() -> fetch(url))
                    .isInstanceOf(LinkCardException.class)
                    .hasMessageContaining("expected an http or https URL");
            assertThat(web.requests).isEmpty();
        }

        @Test
        void missingPage_failsImmediately() {
            assertThatThrownBy(() -> fetch("https://example.com/post"))
                    .isInstanceOfSatisfying(LinkCardException.class, e -> {
                        assertThat(e.status()).isEqualTo(404);
                        assertThat(e.retryable()).isFalse();
                        assertThat(e.uri()).isEqualTo(PAGE);
                    })
                    .hasMessageContaining("https://example.com/post");
            assertThat(web.requests).hasSize(1);
        }
    }

    /** Failure modes P5 and P6 in {@code docs/failure-modes.md}. */
    @Nested
    class Thumbs {
        private LinkCard articleWith(Consumer<FakeWeb> image) {
            web.html("https://example.com/post", ARTICLE);
            image.accept(web);
            return fetch("https://example.com/post");
        }

        private void assertNoThumb(LinkCard card, String reason) {
            assertThat(card.title()).isEqualTo("Ein Titel & mehr");
            assertThat(card.thumb()).isNull();
            assertThat(card.thumbFailure()).isNotNull().hasMessageContaining(reason);
        }

        @Test
        void errorPageInsteadOfImage_isNotUsed() {
            LinkCard card = articleWith(w -> w.put(
                    "https://example.com/cover.png",
                    200,
                    "<html>Please enable cookies</html>".getBytes(UTF_8),
                    "content-type",
                    "image/png"));
            assertNoThumb(card, "not an image");
        }

        @Test
        void wrongMediaType_isCorrectedByContent() {
            LinkCard card = articleWith(
                    w -> w.put("https://example.com/cover.png", 200, png(5, 5), "content-type", "text/html"));
            assertThat(thumb(card).mediaType()).isEqualTo("image/png");
        }

        @Test
        void missingImage_doesNotFailTheCard() {
            assertNoThumb(articleWith(w -> {}), "status 404");
        }

        @Test
        void hangingImage_doesNotFailTheCard() {
            assertNoThumb(articleWith(w -> w.hang("https://example.com/cover.png")), "did not respond in time");
        }

        @Test
        void imageInAPrivateNetwork_doesNotFailTheCard() {
            web.html("https://example.com/post", ARTICLE.replace("/cover.png", "https://private.com/x.png"));
            assertNoThumb(fetch("https://example.com/post"), "not public");
            assertThat(web.urls()).containsExactly("https://example.com/post");
        }

        @Test
        void imageAboveTheDownloadLimit_isNotUsed() {
            web.html("https://example.com/post", ARTICLE)
                    .put("https://example.com/cover.png", 200, new byte[1001], "content-type", "image/png");
            LinkCard card = cards(o -> o.maxImageBytes(1000)).fetch(PAGE);
            assertNoThumb(card, "more than 1000 bytes");
        }

        @Test
        void unlimitedImageSize_isPossible() {
            web.html(PAGE.toString(), ARTICLE).put("https://example.com/cover.png", 200, png(2, 2));
            LinkCard card = cards(o -> o.maxImageBytes(Integer.MAX_VALUE)).fetch(PAGE);
            assertThat(thumb(card).width()).isEqualTo(2);
        }

        @Test
        void secondImage_isUsedIfTheFirstFails() {
            web.html("https://example.com/post", ARTICLE.replace("</head>", "<meta name=twitter:image content=/2.png>"))
                    .put("https://example.com/2.png", 200, png(2, 2));
            LinkCard card = fetch("https://example.com/post");
            assertThat(thumb(card).width()).isEqualTo(2);
        }

        @Test
        void thumbsOff_fetchesNoImage() {
            web.html("https://example.com/post", ARTICLE);
            assertThat(cards(o -> o.thumbs(false)).fetch(PAGE).thumbFailure()).isNull();
            assertThat(web.requests).hasSize(1);
        }
    }

    /** Failure mode P8. */
    @Nested
    class PrivateHosts {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://127.0.0.1/",
                    "http://localhost:8080/",
                    "http://169.254.169.254/latest/meta-data/",
                    "http://[::1]/",
                    "http://2130706433/",
                    "http://0x7f000001/",
                    "http://0.0.0.0/",
                    "http://017700000001/",
                    "http://[::ffff:127.0.0.1]/",
                    "http://[::ffff:7f00:1]/",
                    "http://[64:ff9b::7f00:1]/",
                    "https://private.com/",
                    "https://router.local/",
                    "https://example.internal/",
                })
        void link_isRefusedBeforeARequest(String url) {
            assertThatThrownBy(() -> fetch(url))
                    .isInstanceOfSatisfying(
                            LinkCardException.class,
                            e -> assertThat(e.retryable()).isFalse())
                    .hasCauseInstanceOf(ForbiddenHostException.class);
            assertThat(web.requests).isEmpty();
        }

        /** java.net.URI finds no host in these, but other parsers do. */
        @ParameterizedTest
        @ValueSource(strings = {"http://127.1/", "http://127.0.0.1.:80/"})
        void unusualUrl_isRejectedBeforeRequest(String url) {
            assertThatThrownBy(() -> fetch(url)).isInstanceOf(LinkCardException.class);
            assertThat(web.requests).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"https://private.com/", "http://127.0.0.1/"})
        void redirect_isRefusedBeforeARequest(String target) {
            web.redirect("http://example.com/post", 302, target);
            assertThatThrownBy(() -> fetch("http://example.com/post")).isInstanceOf(LinkCardException.class);
            assertThat(web.urls()).containsExactly("http://example.com/post");
        }

        @Test
        void publicPageByPlainHttp_isAllowed() {
            web.html("http://example.com/post", "<title>T</title>");
            assertThat(fetch("http://example.com/post").title()).isEqualTo("T");
        }
    }

    /** Failure mode P9. {@link LinkCardServerTest} has a server that really hangs. */
    @Nested
    class Retries {
        @Test
        void pageThatFailsTwice_isFetchedByThirdAttempt() {
            web.hang("https://example.com/post")
                    .put("https://example.com/post", 503, new byte[0])
                    .html("https://example.com/post", "<title>T</title>");
            assertThat(fetch("https://example.com/post").title()).isEqualTo("T");
            assertThat(web.requests).hasSize(3);
            assertThat(pauses).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1));
        }

        @Test
        void pageThatAlwaysHangs_failsAfterBoundedAttempts() {
            web.hang("https://example.com/post");
            assertThatThrownBy(() -> fetch("https://example.com/post"))
                    .isInstanceOfSatisfying(
                            LinkCardException.class,
                            e -> assertThat(e.retryable()).isTrue())
                    .hasMessageContaining("did not respond in time");
            assertThat(web.requests).hasSize(3);
        }

        @Test
        void brokenConnection_isRetriedUntilTimeLimit() {
            web.fail("https://example.com/post");
            LinkCards cards = cards(o -> o.maxRetries(100).timeout(Duration.ofSeconds(3)));
            assertThatThrownBy(() -> cards.fetch(PAGE)).isInstanceOf(LinkCardException.class);
            assertThat(web.requests).hasSize(3);
        }
    }

    @Test
    void embed_hasTheUploadedThumb() {
        LinkCard card = LinkCard.of(PAGE, "Title", "");
        BlobRef blob =
                BlobRef.of(Cid.of("bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"), "image/png", 3);
        External embed = card.toEmbed(blob);
        assertThat(embed.external().uri()).isEqualTo("https://example.com/post");
        assertThat(embed.external().title()).isEqualTo("Title");
        assertThat(embed.external().description()).isEmpty();
        assertThat(embed.external().thumb()).isEqualTo(blob);
        assertThat(card.toEmbed(null).external().thumb()).isNull();
    }
}
