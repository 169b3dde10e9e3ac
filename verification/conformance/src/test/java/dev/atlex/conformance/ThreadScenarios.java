package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.bsky.feed.FeedDefs.PostView;
import app.bsky.feed.Post;
import app.bsky.feed.Postgate;
import app.bsky.feed.Threadgate;
import com.atproto.repo.StrongRef;
import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.NewPost;
import dev.atlex.bluesky.PostImage;
import dev.atlex.bluesky.Posted;
import dev.atlex.bluesky.PostedThread;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.data.BlobRef;
import dev.atlex.data.Cid;
import dev.atlex.session.SessionOptions;
import dev.atlex.syntax.AtUri;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Scenarios for threads of several posts that are written together. */
abstract class ThreadScenarios extends BlueskyScenarios {
    private static final String SENTENCE = "This sentence has forty-six characters, or so. ";

    ThreadScenarios(BlueskyServer server) {
        super(server);
    }

    /** Asserts that the reader sees the posts as a chain below the parent, each once, and returns them. */
    private List<Post> assertChain(Person reader, List<Posted> posts, @Nullable StrongRef parent) {
        server.index();
        List<PostView> views =
                reader.bsky().posts(posts.stream().map(Posted::uri).toList()).toList();
        assertThat(views)
                .extracting(PostView::strongRef)
                .isEqualTo(posts.stream().map(Posted::ref).toList());
        List<Post> chain = new ArrayList<>();
        StrongRef before = parent;
        StrongRef root = parent;
        for (PostView view : views) {
            Post post = record(view);
            if (before == null) {
                assertThat(post.reply()).isNull();
            } else {
                assertThat(post.reply().parent()).isEqualTo(before);
                assertThat(post.reply().root()).isEqualTo(root);
            }
            before = view.strongRef();
            root = root == null ? before : root;
            chain.add(post);
        }
        return chain;
    }

    @Test
    void longText_isAChainInOrder() {
        Person alice = person();
        Person bob = person();
        String text = SENTENCE.repeat(6) + "Thanks @" + bob.handle() + "! " + SENTENCE.repeat(6)
                + "See https://example.com/one and #two. " + SENTENCE.repeat(6);

        PostedThread thread = alice.bsky().thread(text, t -> t.numbered(true).each(p -> p.langs("en")));

        List<Post> chain = assertChain(bob, thread.posts(), null);
        int size = chain.size();
        assertThat(size).isBetween(3, 6);
        for (int i = 0; i < size; i++) {
            assertThat(chain.get(i).text()).endsWith("(" + (i + 1) + "/" + size + ")");
            assertThat(chain.get(i).langs()).hasToString("[en]");
        }
        assertThat(chain.stream().flatMap(post -> facets(post).stream()))
                .containsExactly(
                        "@" + bob.handle() + " -> " + bob.did(),
                        "https://example.com/one -> https://example.com/one",
                        "#two -> #two");
        assertThat(uris(bob.bsky().readThread(thread.first().uri()).nodes()))
                .isEqualTo(thread.posts().stream().map(Posted::uri).toList());
        assertThat(alice.bsky().authorFeed(alice.did()).map(item -> item.post().uri()))
                .hasSameElementsAs(thread.posts().stream().map(Posted::uri).toList());
    }

    @Test
    void threadAsReply_withGates_isShown() {
        Person alice = person();
        Person bob = person();
        Posted parent = bob.bsky().post("Root");
        server.index();

        PostedThread thread = alice.bsky()
                .thread(
                        SENTENCE.repeat(14),
                        t -> t.reply(parent.uri())
                                .first(p -> p.image(SampleImages.png(3, 2), "Pixels"))
                                .each(p -> p.quotes(false)));

        assertChain(bob, thread.posts(), parent.ref());
        for (Posted post : thread.posts()) {
            assertThat(view(bob, post.uri()).viewer().embeddingDisabled()).isTrue();
        }
        assertThat(view(bob, thread.first().uri()).embed()).isInstanceOf(PostView.Embed.ImagesView.class);
        assertThat(bob.bsky().readThread(thread.last().uri()).top().uri()).isEqualTo(parent.uri());
    }

    @Test
    void rejectedPart_rejectsWholeThread() {
        Person alice = person();
        BlobRef missing =
                BlobRef.of(Cid.of("bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"), "image/png", 100);
        List<NewPost> posts = List.of(
                NewPost.of("One"),
                NewPost.of(p -> p.text("Two").image(PostImage.of(missing, "Missing", 1, 1))),
                NewPost.of("Three"));

        XrpcResponseException refusal = catchThrowableOfType(
                XrpcResponseException.class, () -> alice.bsky().thread(posts));

        assertThat(refusal.status()).isEqualTo(400);
        assertThat(count(alice, Post.RECORD)).isZero();
        server.index();
        assertThat(alice.bsky().authorFeed(alice.did())).isEmpty();
    }

    @Test
    void largestThread_isWrittenAtOnce() {
        Person alice = person();
        List<NewPost> posts = new ArrayList<>();
        for (int i = 1; i <= 200; i++) {
            posts.add(NewPost.of("Part " + i));
        }

        PostedThread thread = alice.bsky().thread(posts);

        assertChain(alice, thread.posts(), null);
        List<AtUri> uris = thread.posts().stream().map(Posted::uri).toList();
        assertThat(uris(alice.bsky().readThread(thread.first().uri()).nodes())).isEqualTo(uris);
        assertThat(uris(alice.bsky().readThread(thread.last().uri()).nodes())).isEqualTo(uris);
    }

    @Test
    void lostResponse_leavesOneThread() {
        LossyTransport network = new LossyTransport();
        Person alice = person(SessionOptions.of(o -> o.transport(network)));
        network.lose("com.atproto.repo.applyWrites", 1, LossyTransport.Loss.RESPONSE);

        PostedThread thread = alice.bsky().thread(SENTENCE.repeat(10));

        assertThat(assertChain(alice, thread.posts(), null)).hasSize(count(alice, Post.RECORD));
    }

    /** Kills the process at each request, before and after the server has processed the request, and runs it again. */
    @Test
    void rerunAfterKill_leavesOneThread() {
        Person alice = person();
        Person bob = person();
        Posted parent = bob.bsky().post("Root");
        server.index();
        int kills = 0;
        int posts = 0;
        boolean alive = false;
        for (int step = 1; !alive; step++) {
            for (boolean processed : new boolean[] {false, true}) {
                String key = "essay " + step + processed;
                try {
                    post(Bluesky.of(new DyingAgent(alice.session(), step, processed), STRICT), parent, bob, key);
                    alive = true;
                } catch (DyingAgent.Killed e) {
                    kills++;
                    assertThat(count(alice, Post.RECORD)).isIn(posts, posts + 3);
                }

                PostedThread thread = post(Bluesky.of(alice.session(), STRICT), parent, bob, key);

                assertThat(assertChain(bob, thread.posts(), parent.ref())).hasSize(3);
                posts += 3;
                assertThat(count(alice, Post.RECORD)).isEqualTo(posts);
            }
        }
        assertThat(kills).isGreaterThan(8);
        assertThat(count(alice, Postgate.RECORD)).isEqualTo(posts);
        assertThat(count(alice, Threadgate.RECORD)).isZero();
        server.index();
        assertThat(bob.bsky().readThread(parent.uri()).post().replies()).hasSize(posts / 3);
    }

    private static PostedThread post(Bluesky bsky, Posted parent, Person mentioned, String key) {
        return bsky.thread(
                "@" + mentioned.handle() + " " + SENTENCE.repeat(14),
                t -> t.key(key)
                        .reply(parent.uri())
                        .each(p -> p.quotes(false))
                        .first(p -> p.image(SampleImages.png(3, 2), "Pixels")));
    }
}
