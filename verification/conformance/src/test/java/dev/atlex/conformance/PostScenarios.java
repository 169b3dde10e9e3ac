package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import app.bsky.feed.FeedDefs.PostView;
import app.bsky.feed.Post;
import com.atproto.label.LabelDefs.Label;
import dev.atlex.bluesky.BskyUrls;
import dev.atlex.bluesky.PostUnavailableException;
import dev.atlex.bluesky.PostUnavailableException.Reason;
import dev.atlex.bluesky.Posted;
import dev.atlex.bluesky.richtext.RichText;
import dev.atlex.syntax.AtUri;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Scenarios for text posts, as their readers see them. */
abstract class PostScenarios extends BlueskyScenarios {
    PostScenarios(BlueskyServer server) {
        super(server);
    }

    @Test
    void linkMentionAndTag_areFacetsInView() {
        Person alice = person();
        Person bob = person();

        Posted posted =
                alice.bsky().post("Grüße 👩‍🚀 an @" + bob.handle() + ": example.com/a?b=1, #café & @nobody.test");

        PostView view = view(bob, posted.uri());
        assertThat(view.cid()).isEqualTo(posted.cid());
        assertThat(view.author().did()).isEqualTo(alice.did());
        assertThat(facets(record(view)))
                .containsExactly(
                        "@" + bob.handle() + " -> " + bob.did(),
                        "example.com/a?b=1 -> https://example.com/a?b=1",
                        "#café -> #café");
        assertThat(posted.unresolvedMentions()).hasToString("[nobody.test]");
    }

    @Test
    void builtText_keepsItsLinks() {
        Person alice = person();
        RichText text = RichText.builder()
                .text("👋 Go to ")
                .link("this site", "https://example.com/%C3%A4")
                .text(" and ")
                .tag("java")
                .build();

        Posted posted = alice.bsky().post(p -> p.text(text));

        assertThat(facets(record(view(alice, posted.uri()))))
                .containsExactly("this site -> https://example.com/%C3%A4", "#java -> #java");
    }

    @Test
    void languagesTagsLabelsAndTime_areInTheView() {
        Person alice = person();
        Person bob = person();
        Instant time = Instant.parse("2025-03-01T12:00:00.123Z");

        Posted posted = alice.bsky()
                .post(p -> p.text("Hallo")
                        .langs("de", "pt-BR")
                        .tags("one", "zwölf")
                        .labels("nudity", "graphic-media")
                        .createdAt(time));

        PostView view = view(bob, posted.uri());
        Post post = record(view);
        assertThat(post.langs()).hasToString("[de, pt-BR]");
        assertThat(post.tags()).containsExactly("one", "zwölf");
        assertThat(post.createdAt().toInstant()).isEqualTo(time);
        assertThat(view.indexedAt().toInstant()).isEqualTo(time);
        assertThat(view.labels())
                .extracting(Label::val, Label::src, Label::uri)
                .containsExactlyInAnyOrder(
                        tuple("nudity", alice.did(), posted.uri().toString()),
                        tuple("graphic-media", alice.did(), posted.uri().toString()));
    }

    @Test
    void longestText_isAccepted() {
        Person alice = person();
        String text = "🇩🇪".repeat(299) + "x";

        Posted posted = alice.bsky().post(text);

        assertThat(record(view(alice, posted.uri())).text()).isEqualTo(text);
    }

    @Test
    void sameKey_postsOnce() {
        Person alice = person();

        Posted first = alice.bsky().post(p -> p.text("News").key("https://example.com/news/1"));
        Posted second = alice.bsky().post(p -> p.text("News, again").key("https://example.com/news/1"));

        assertThat(second.created()).isFalse();
        assertThat(second.ref()).isEqualTo(first.ref());
        server.index();
        assertThat(alice.bsky().authorFeed(alice.did()).map(item -> item.post().uri()))
                .containsExactly(first.uri());
    }

    @Test
    void deletedPost_isGone_andMayBeDeletedAgain() {
        Person alice = person();
        Person bob = person();
        AtUri uri = alice.bsky().post("Soon gone").uri();
        assertThat(visible(bob, uri)).isTrue();

        alice.bsky().delete(uri);
        alice.bsky().delete(uri);

        assertThat(visible(bob, uri)).isFalse();
        PostUnavailableException gone = catchThrowableOfType(
                PostUnavailableException.class, () -> bob.bsky().readThread(uri));
        assertThat(gone.reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(bob.bsky().profile(alice.did()).postsCount()).isZero();
    }

    @Test
    void webUrl_leadsToPost() {
        Person alice = person();
        Person bob = person();
        Posted posted = alice.bsky().post("Hello");
        AtUri byHandle = AtUri.of(posted.uri().toString().replace(alice.did().toString(), alice.handle()));
        server.index();

        assertThat(BskyUrls.toAtUri(posted.webUrl().toString())).isEqualTo(posted.uri());
        assertThat(BskyUrls.toWeb(byHandle))
                .hasToString("https://bsky.app/profile/" + alice.handle() + "/post/"
                        + posted.uri().recordKey());
        assertThat(bob.bsky().resolve(BskyUrls.toWeb(byHandle).toString())).isEqualTo(posted.uri());
        assertThat(bob.bsky()
                        .readThread(BskyUrls.toWeb(byHandle).toString())
                        .post()
                        .uri())
                .isEqualTo(posted.uri());
    }

    @Test
    void posts_readsManyAndOmitsMissingOnes() {
        Person alice = person();
        List<AtUri> uris = IntStream.range(0, 30)
                .mapToObj(i -> alice.bsky().post("Post " + i).uri())
                .toList();
        alice.bsky().delete(uris.get(7));
        server.index();

        List<String> texts = texts(alice.bsky().posts(uris).toList());

        assertThat(texts).hasSize(29).contains("Post 0", "Post 29").doesNotContain("Post 7");
    }
}
