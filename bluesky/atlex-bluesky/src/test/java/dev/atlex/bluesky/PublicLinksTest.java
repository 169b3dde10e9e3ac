package dev.atlex.bluesky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bsky.richtext.Facet;
import dev.atlex.bluesky.card.LinkCard;
import dev.atlex.bluesky.card.LinkCardException;
import dev.atlex.bluesky.card.LinkCards;
import dev.atlex.bluesky.richtext.RichText;
import dev.atlex.client.Agent;
import dev.atlex.client.AgentRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.syntax.Did;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that posts with forbidden URLs aren't sent, and that no message shows a password. */
class PublicLinksTest {
    private static final String SECRET = "hunter2";
    private static final String USER_INFO = "user name or password";
    private static final String EXPECTED = "expected an http or https URL";

    private final Bluesky bsky = Bluesky.of(new Agent() {
        @Override
        public Did did() {
            return Did.of("did:plc:ewvi7nxzyoun6zhxrhs64oiz");
        }

        @Override
        public TransportResponse send(AgentRequest request) {
            throw new AssertionError("sent: " + request);
        }
    });

    private static AbstractThrowableAssert<?, ?> refused(ThrowingCallable call) {
        return assertThatThrownBy(call).satisfies(failure -> {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).doesNotContain(SECRET).doesNotContain("AssertionError");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:hunter2@example.com/",
                "https://hunter2@example.com",
                "HTTPS://user:hunter2@example.com:8080/a?b#c",
                "https://user:hunter2@münchen.de/",
                "https://user:hunt@er2@example.com/",
                "https://user:@hunter2@example.com/",
                "https://user:a/hunter2@example.com/"
            })
    void userInfo_isRefusedEverywhere(String url) {
        for (RichText text : linking(url)) {
            refused(() -> bsky.post(p -> p.text(text)))
                    .isInstanceOf(InvalidPostException.class)
                    .hasMessageContaining(USER_INFO);
            refused(() -> bsky.thread(List.of(NewPost.of("One"), NewPost.of(p -> p.text(text)))))
                    .isInstanceOf(InvalidPostException.class)
                    .hasMessageContaining(USER_INFO);
        }
        refused(() -> RichText.builder().link("x", url))
                .isInstanceOf(InvalidSyntaxException.class)
                .hasMessageContaining(USER_INFO);
        if (url.contains("hunt@er2")) {
            // java.net.URI can't represent this URL.
            return;
        }
        URI link = URI.create(url.replace(":@", ":"));
        refused(() -> bsky.post(p -> p.text("x").card(link)))
                .isInstanceOf(InvalidPostException.class)
                .hasMessageContaining(USER_INFO);
        refused(() -> LinkCard.of(link, "Title", ""))
                .isInstanceOf(InvalidSyntaxException.class)
                .hasMessageContaining(USER_INFO);
        refused(() -> LinkCards.create().fetch(link))
                .isInstanceOfSatisfying(
                        LinkCardException.class,
                        e -> assertThat(e.uri().toString()).doesNotContain(SECRET))
                .hasMessageContaining(USER_INFO);
    }

    /**
     * Returns posts that link to the URL: with a detected link, with a Markdown link, and with a facet from the caller.
     */
    private static List<RichText> linking(String url) {
        Facet facet = Facet.builder()
                .index(Facet.ByteSlice.builder().byteStart(0).byteEnd(4).build())
                .features(Facet.FeaturesItem.of(Facet.Link.builder().uri(url).build()))
                .build();
        List<RichText> detected = Stream.of(RichText.detect("See " + url), RichText.markdown("See [this](" + url + ")"))
                .filter(text -> !text.facets().isEmpty())
                .toList();
        return Stream.concat(detected.stream(), Stream.of(RichText.of("Look", List.of(facet))))
                .toList();
    }

    @Test
    void detectedUserInfo_isRefusedInTextAndMarkdown() {
        assertThat(linking("https://user:hunter2@example.com/")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mailto:alice@example.com",
                "file:///etc/passwd",
                "ftp://example.com/a",
                "javascript:alert(1)",
                "data:text/plain,x",
                "at://alice.example.com",
                "https:///path",
                "https://:80/",
                "https:example.com",
                "admin:hunter2@example.com/",
                "ftp://user:hunter2@example.com/"
            })
    void otherScheme_isRefusedEverywhere(String url) {
        for (RichText text : linking(url)) {
            refused(() -> bsky.post(p -> p.text(text)))
                    .isInstanceOf(InvalidPostException.class)
                    .hasMessageContaining(EXPECTED);
        }
        refused(() -> RichText.builder().link("x", url))
                .isInstanceOf(InvalidSyntaxException.class)
                .hasMessageContaining(EXPECTED);
        URI link = URI.create(url);
        refused(() -> bsky.post(p -> p.text("x").card(link)))
                .isInstanceOf(InvalidPostException.class)
                .hasMessageContaining(EXPECTED);
        refused(() -> LinkCard.of(link, "Title", ""))
                .isInstanceOf(InvalidSyntaxException.class)
                .hasMessageContaining(EXPECTED);
        refused(() -> LinkCards.create().fetch(link))
                .isInstanceOf(LinkCardException.class)
                .hasMessageContaining(EXPECTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://mastodon.social/@alice",
                "https://example.com:8080/@alice?mail=a@b.example#@",
                "http://[2001:db8::1]:80/@alice",
                "HTTPS://example.com",
                "https://example.com?@",
                "https://münchen.de/ä"
            })
    void webPage_isAllowed(String url) {
        RichText text = RichText.builder().link("x", url).build();
        assertThat(NewPost.of(p -> p.text(text).card(URI.create(url))).link()).isEqualTo(URI.create(url));
        assertThat(LinkCard.of(URI.create(url), "Title", "").uri()).isEqualTo(URI.create(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:hunter2@example.com/profile/alice.test",
                "https://user:hunter2@bsky.app/nothing",
                "https://user:hunter2@bsky.app/ profile",
                "ftp://user:hunter2@bsky.app/profile/alice.test",
                "https://user:hunter2@go.bsky.app/abc"
            })
    void appPage_isReportedWithoutUserInfo(String address) {
        refused(() -> BskyUrls.toAtUri(address)).satisfies(e -> {
            if (e instanceof ShortLinkException shortLink) {
                assertThat(shortLink.link()).isEqualTo(URI.create("https://go.bsky.app/abc"));
            }
        });
        refused(() -> NewPost.of(p -> p.reply(address)));
    }
}
