package dev.atlex.bluesky.richtext;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.feed.Post;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The examples in {@code docs/rich-text.md} and in the Javadoc. */
class RichTextExamplesTest {
    private final Function<Handle, @Nullable Did> resolver =
            handle -> handle.toString().equals("alice.example.com") ? Did.of("did:plc:ewvi7nxzyoun6zhxrhs64oiz") : null;

    @Test
    void detect() {
        RichText text = RichText.detect("Thanks @alice.example.com! More: https://example.com #java")
                .resolveMentions(resolver);
        List<Handle> unknown = text.unresolvedMentions();

        assertThat(text.facets()).hasSize(3);
        assertThat(unknown).isEmpty();
    }

    @Test
    void build() {
        RichText text = RichText.builder()
                .text("Go to ")
                .link("this site", "https://example.com")
                .build();

        assertThat(text.text()).isEqualTo("Go to this site");
        assertThat(text.facets()).hasSize(1);
    }

    @Test
    void markdown() {
        RichText text = RichText.markdown("Read [the notes](https://example.com/notes), @alice.example.com");

        assertThat(text.text()).isEqualTo("Read the notes, @alice.example.com");
    }

    @Test
    void edit() {
        RichText text = RichText.detect("Read https://example.com/2026/11/26/a-long-title #java");
        RichText shorter = text.shortenLinks().append(" (new)");

        assertThat(shorter.text()).isEqualTo("Read example.com/2026/11/26/a... #java (new)");
    }

    @Test
    void fit() {
        RichText text = RichText.detect("One sentence. ".repeat(40));
        RichText teaser = text.truncate(RichText.MAX_POST_GRAPHEMES, RichText.MAX_POST_BYTES, "…");
        List<RichText> parts = text.split(300, 3_000, PartSuffix.NUMBERED);

        assertThat(teaser.graphemes()).isEqualTo(300);
        assertThat(parts).hasSize(2);
        assertThat(parts.get(0).text()).endsWith("One sentence. (1/2)");
    }

    @Test
    void show() {
        Post post = Post.builder()
                .text("hi #java")
                .createdAt("2026-11-26T00:00:00Z")
                .build();
        StringBuilder html = new StringBuilder();

        for (Segment segment : RichText.of(post.text(), post.facets()).segments()) {
            String link = segment.link();
            html.append(link == null ? segment.text() : "<a href=\"" + link + "\">" + segment.text() + "</a>");
        }

        assertThat(html).hasToString("hi #java");
    }
}
