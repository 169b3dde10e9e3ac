package dev.atlex.bluesky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.client.Agent;
import dev.atlex.client.AgentRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.BlobRef;
import dev.atlex.data.Cid;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests posts that are impossible, so that nothing is sent. */
class PostCheckTest {
    private static final AtUri LIST =
            AtUri.of("at://did:plc:ewvi7nxzyoun6zhxrhs64oiz/app.bsky.graph.list/3jzfcijpj2z2a");
    private static final AtUri POST =
            AtUri.of("at://did:plc:ewvi7nxzyoun6zhxrhs64oiz/app.bsky.feed.post/3jzfcijpj2z2a");

    private static final BlobRef LARGE =
            BlobRef.of(Cid.of("bafkreibme22gw2h7y2h7tg2fhqotaqjucnbc24deqo72b6mkl2egezxhvy"), "image/png", 2_000_001);

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

    static Stream<Arguments> impossiblePosts() {
        return Stream.of(
                impossible("there is nothing to post", p -> {}),
                impossible("there is nothing to post", p -> p.text(" \n ")),
                impossible("too many images (got 5, the limit is 4); call gallery()", p -> images(p, 5)),
                impossible("too many images of a gallery (got 21, the limit is 20)", p -> images(p.gallery(), 21)),
                impossible(
                        "an uploaded image is too large (got 2000001 bytes, the limit is 2000000)",
                        p -> p.image(PostImage.of(LARGE, "", 1, 1))),
                impossible(
                        "either images, a video or a card (got images and a video and a card)",
                        p -> images(p, 1).video(Path.of("clip.mp4")).card(URI.create("https://example.com/"))),
                impossible("a gallery needs images (got none)", p -> p.text("x").gallery()),
                impossible(
                        "too many languages (got 4, the limit is 3)",
                        p -> p.text("x").langs("en", "de", "fr", "it")),
                impossible(
                        "too many tags (got 9, the limit is 8)",
                        p -> p.text("x").tags("1", "2", "3", "4", "5", "6", "7", "8", "9")),
                impossible("a tag is empty", p -> p.text("x").tags("java", "#")),
                impossible(
                        "expected an http or https URL with a host, such as https://example.com/ (got \"example.com/a\")",
                        p -> p.text("x").card(URI.create("example.com/a"))),
                impossible("at most 64 graphemes", p -> p.text("x").tags("t".repeat(65))),
                impossible(
                        "too many labels (got 11, the limit is 10)",
                        p -> p.text("x")
                                .labels(Collections.nCopies(11, "sexual").toArray(String[]::new))),
                impossible("$.labels", p -> p.text("x").labels("l".repeat(129))),
                impossible("this is a reply", p -> p.text("x").reply(POST).replies(r -> r.following())),
                impossible(
                        "too many rules for replies (got 6, the limit is 5)",
                        p -> p.text("x")
                                .replies(r -> r.mentioned()
                                        .followers()
                                        .following()
                                        .list(LIST)
                                        .list(LIST)
                                        .list(LIST))));
    }

    private static Arguments impossible(String reason, Consumer<NewPost.Builder> post) {
        return Arguments.of(reason, post);
    }

    private static NewPost.Builder images(NewPost.Builder post, int count) {
        for (int i = 0; i < count; i++) {
            post.image(PostTest.PNG, "");
        }
        return post;
    }

    @ParameterizedTest
    @MethodSource("impossiblePosts")
    void impossiblePost_isRefused(String reason, Consumer<NewPost.Builder> post) {
        assertThatThrownBy(() -> bsky.post(post))
                .isInstanceOf(InvalidPostException.class)
                .hasMessageStartingWith("post: ")
                .hasMessageContaining(reason);
    }

    static Stream<Arguments> impossibleThreads() {
        NewPost one = NewPost.of("One");
        return Stream.of(
                Arguments.of("there are no posts", List.of()),
                Arguments.of(
                        "can reply to another post",
                        List.of(one, NewPost.of(p -> p.text("x").reply(POST)))),
                Arguments.of(
                        "can restrict replies",
                        List.of(one, NewPost.of(p -> p.text("x").replies(r -> r.nobody())))),
                Arguments.of(
                        "a thread has one key",
                        List.of(one, NewPost.of(p -> p.text("x").key("a")))),
                Arguments.of("it needs 201 records", Collections.nCopies(201, one)),
                Arguments.of(
                        "it needs 202 records",
                        Collections.nCopies(101, NewPost.of(p -> p.text("x").quotes(false)))));
    }

    @ParameterizedTest
    @MethodSource("impossibleThreads")
    void impossibleThread_isRefused(String reason, List<NewPost> posts) {
        assertThatThrownBy(() -> bsky.thread(posts))
                .isInstanceOf(InvalidPostException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void tooLongPartOfThread_isRejected() {
        assertThatThrownBy(() -> bsky.thread(List.of(NewPost.of("One"), NewPost.of("x".repeat(301)))))
                .isInstanceOf(PostTooLongException.class);
    }

    @Test
    void setters_rejectInvalidSyntaxImmediately() {
        assertThatThrownBy(() -> NewPost.of(p -> p.langs("english language")))
                .isInstanceOf(InvalidSyntaxException.class);
        assertThatThrownBy(() -> NewPost.of(p -> p.reply("https://example.com/")))
                .isInstanceOf(InvalidSyntaxException.class);
        assertThatThrownBy(() -> NewPost.of(p -> p.quote(LIST))).isInstanceOf(InvalidSyntaxException.class);
    }

    /** Otherwise, a news item without an ID would be treated like the previous one. */
    @Test
    void emptyKey_isRefused() {
        assertThatThrownBy(() -> NewPost.of(p -> p.key(""))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NewPost.of(p -> p.key(" ", java.time.Instant.EPOCH)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ThreadOptions.of(t -> t.key("")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a key that isn't blank");
    }

    @Test
    void tags_areSetWithoutTheirSign() {
        assertThat(NewPost.of(p -> p.tags("#java", "\uff03web", "c#")).tags()).containsExactly("java", "web", "c#");
    }

    @Test
    void toBuilder_keepsEverything() {
        NewPost post = NewPost.of(p -> images(
                p.text("x")
                        .quote(POST)
                        .langs("en")
                        .tags("a")
                        .labels("sexual")
                        .replies(r -> r.list(LIST))
                        .quotes(false)
                        .createdAt(java.time.Instant.EPOCH)
                        .key("k")
                        .gallery(),
                5));

        assertThat(post.toBuilder().build()).hasToString(post.toString());
        assertThat(post.toBuilder().reply(POST).build().toString()).contains("reply=" + POST);
        assertThat(BlueskyOptions.DEFAULTS.toBuilder().build()).hasToString(BlueskyOptions.DEFAULTS.toString());
    }
}
