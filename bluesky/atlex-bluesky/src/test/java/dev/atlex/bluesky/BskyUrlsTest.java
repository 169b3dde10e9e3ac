package dev.atlex.bluesky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.syntax.AtUri;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BskyUrlsTest {
    @ParameterizedTest
    @CsvSource({
        "https://bsky.app/profile/alice.test, at://alice.test",
        "https://bsky.app/profile/did:plc:ewvi7nxzyoun6zhxrhs64oiz, at://did:plc:ewvi7nxzyoun6zhxrhs64oiz",
        "https://bsky.app/profile/alice.test/post/3k, at://alice.test/app.bsky.feed.post/3k",
        "https://bsky.app/profile/alice.test/feed/cats, at://alice.test/app.bsky.feed.generator/cats",
        "https://bsky.app/profile/alice.test/lists/3k, at://alice.test/app.bsky.graph.list/3k",
        "https://bsky.app/starter-pack/alice.test/3k, at://alice.test/app.bsky.graph.starterpack/3k"
    })
    void pageAndUri_areConvertedIntoEachOther(String page, String uri) {
        assertThat(BskyUrls.toAtUri(page)).hasToString(uri);
        assertThat(BskyUrls.toWeb(AtUri.of(uri))).hasToString(page);
    }

    @ParameterizedTest
    @CsvSource({
        "https://bsky.app/start/alice.test/3k, at://alice.test/app.bsky.graph.starterpack/3k",
        "https://bsky.app/profile/alice.test/, at://alice.test",
        "https://bsky.app/profile/alice.test/followers, at://alice.test",
        "https://BSKY.app/profile/Alice.test/post/3k/quotes?a=b#c, at://alice.test/app.bsky.feed.post/3k",
        "http://www.bsky.app/profile/alice.test/feed/cats/liked-by, at://alice.test/app.bsky.feed.generator/cats",
        "at://alice.test/app.bsky.feed.like/3k, at://alice.test/app.bsky.feed.like/3k"
    })
    void toAtUri_acceptsVariants(String address, String uri) {
        assertThat(BskyUrls.toAtUri("\u200b " + address + "\n")).hasToString(uri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "alice.test",
                "https://bsky.app",
                "https://bsky.app/",
                "https://bsky.app/search?q=cats",
                "https://bsky.app/profile",
                "https://bsky.app/profile/alice.test/labeler/x",
                "https://bsky.app/profile/alice.test/post/3k/nothing",
                "https://bsky.app/profile/alice.test/post/3k/quotes/1",
                "https://bsky.app/profile//post/3k",
                "https://bsky.app/profile/alice/post/3k",
                "https://bsky.app/profile/alice.test/post/3k%20",
                "https://bsky.app/starter-pack/alice.test",
                "https://deer.social/profile/alice.test",
                "https://bsky.app.example.com/profile/alice.test",
                "https:///profile/alice.test",
                "https:profile/alice.test",
                "at://",
                "ftp://bsky.app/profile/alice.test"
            })
    void toAtUri_otherText_isRejected(String address) {
        assertThatThrownBy(() -> BskyUrls.toAtUri(address)).isInstanceOf(InvalidSyntaxException.class);
    }

    @Test
    void otherHosts_mustBeConfigured() {
        AtUri uri = AtUri.of("at://alice.test/app.bsky.feed.post/3k");
        URI page = URI.create("https://deer.social/profile/alice.test/post/3k");

        assertThat(BskyUrls.toWeb(uri, "deer.social")).isEqualTo(page);
        assertThat(BskyUrls.toAtUri(page.toString(), "Deer.social")).isEqualTo(uri);
        assertThatThrownBy(() -> BskyUrls.toAtUri(page.toString()))
                .isInstanceOf(InvalidSyntaxException.class)
                .hasMessageContaining("is not on bsky.app");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://go.bsky.app/QrRpi5S", "https://bsky.app/starter-pack-short/QrRpi5S"})
    void shortLinks_haveSeparateExceptionType(String link) {
        ShortLinkException failure = catchThrowableOfType(ShortLinkException.class, () -> BskyUrls.toAtUri(link));

        assertThat(failure.link()).hasToString(link);
        assertThat(failure).hasMessageContaining("follow its redirect");
    }

    @Test
    void toWeb_recordWithoutAPage_isRefused() {
        assertThatThrownBy(() -> BskyUrls.toWeb(AtUri.of("at://alice.test/app.bsky.feed.like/3k")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BskyUrls.toWeb(AtUri.of("at://alice.test/app.bsky.feed.post")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
