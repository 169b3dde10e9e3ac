package dev.atlex.bluesky.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.InvalidSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostUrisTest {
    private static final String POST = "at://alice.test/app.bsky.feed.post/3jzfcijpj2z2a";

    @ParameterizedTest
    @ValueSource(
            strings = {
                POST,
                "https://bsky.app/profile/alice.test/post/3jzfcijpj2z2a",
                "http://www.bsky.app/profile/alice.test/post/3jzfcijpj2z2a/",
                " https://bsky.app/profile/ALICE.test/post/3jzfcijpj2z2a?ref_src=embed#x\n",
                "https://bsky.app/profile/@alice.test/post/3jzfcijpj2z2a",
            })
    void parse_postUriOrUrl(String address) {
        assertThat(PostUris.parse(address)).hasToString(POST);
    }

    @Test
    void parse_didInAPage() {
        assertThat(PostUris.parse("https://bsky.app/profile/did:plc:ewvi7nxzyoun6zhxrhs64oiz/post/3jzfcijpj2z2a"))
                .hasToString("at://did:plc:ewvi7nxzyoun6zhxrhs64oiz/app.bsky.feed.post/3jzfcijpj2z2a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "3jzfcijpj2z2a",
                "alice.test",
                "at://alice.test",
                "at://alice.test/app.bsky.feed.post",
                "at://alice.test/app.bsky.feed.like/3jzfcijpj2z2a",
                "at://alice.test/app.bsky.feed.post/a b",
                "https://bsky.app",
                "https://bsky.app/profile/alice.test",
                "https://bsky.app/profile/alice.test/post/",
                "https://bsky.app/profile/alice.test/post/a/b",
                "https://bsky.app/profile/alice.test/lists/3jzfcijpj2z2a",
                "https://bsky.app/profile/post/3jzfcijpj2z2a",
                "https://bsky.app/profile/not a handle/post/3jzfcijpj2z2a",
                "https://deer.social/profile/alice.test/post/3jzfcijpj2z2a",
                "https://bsky.app.example.com/profile/alice.test/post/3jzfcijpj2z2a",
                "mailto:alice@example.com",
                "ftp://bsky.app/profile/alice.test/post/3jzfcijpj2z2a"
            })
    void parse_anythingElseIsRefused(String address) {
        assertThatThrownBy(() -> PostUris.parse(address)).isInstanceOf(InvalidSyntaxException.class);
    }
}
