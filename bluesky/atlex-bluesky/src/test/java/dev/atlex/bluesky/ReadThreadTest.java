package dev.atlex.bluesky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.bsky.feed.FeedDefs.PostView;
import dev.atlex.bluesky.PostUnavailableException.Reason;
import dev.atlex.syntax.AtUri;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import dev.atlex.testkit.TestAccount;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests reading threads as trees. */
class ReadThreadTest {
    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    private static final String GET_THREAD = "app.bsky.feed.getPostThread";

    private LocalPds pds;
    private TestAccount alice;
    private TestAccount bob;
    private Bluesky bsky;
    private Bluesky bobs;

    @BeforeEach
    void signIn(LocalPds server, TestAccount first, TestAccount second) {
        pds = server;
        alice = first;
        bob = second;
        bsky = SignedIn.bluesky(pds, alice);
        bobs = SignedIn.bluesky(pds, bob);
    }

    /** Posts a thread in one commit. */
    private List<AtUri> chain(int length) {
        List<AtUri> chain = new ArrayList<>();
        while (chain.size() < length) {
            List<NewPost> posts = new ArrayList<>();
            for (int i = 0; i < Math.min(200, length - chain.size()); i++) {
                posts.add(NewPost.of("Part " + (chain.size() + i)));
            }
            if (!chain.isEmpty()) {
                AtUri last = chain.get(chain.size() - 1);
                posts.set(0, posts.get(0).toBuilder().reply(last).build());
            }
            bobs.thread(posts).posts().forEach(post -> chain.add(post.uri()));
        }
        return chain;
    }

    private static List<AtUri> uris(List<? extends ThreadNode> nodes) {
        return nodes.stream().map(ThreadNode::uri).toList();
    }

    @Test
    void parentsAndReplies_formATree() {
        AtUri root = bobs.post("Root").uri();
        AtUri middle = bsky.reply(root, "Middle").uri();
        AtUri left = bobs.reply(middle, "Left").uri();
        AtUri right = bobs.reply(middle, "Right").uri();
        AtUri leaf = bsky.reply(left, "Leaf").uri();
        bobs.reply(root, "Elsewhere");

        PostThread thread = bsky.readThread(middle);

        assertThat(thread.post().uri()).isEqualTo(middle);
        assertThat(thread.top().uri()).isEqualTo(root);
        assertThat(uris(thread.parents())).containsExactly(root);
        assertThat(uris(thread.post().replies())).containsExactlyInAnyOrder(left, right);
        assertThat(thread.nodes().stream()
                        .filter(node -> node.uri().equals(leaf))
                        .map(ThreadNode::depth))
                .containsExactly(2);
        assertThat(uris(thread.nodes()).subList(0, 2)).containsExactly(root, middle);
        assertThat(uris(thread.nodes())).containsExactlyInAnyOrder(root, middle, left, right, leaf);
        assertThat(uris(thread.nodes()).indexOf(leaf))
                .isEqualTo(uris(thread.nodes()).indexOf(left) + 1);
        assertThat(thread.complete()).isTrue();
        assertThat(pds.count(GET_THREAD)).isEqualTo(1);
    }

    @Test
    void deepThread_isReadCompletely() {
        List<AtUri> chain = chain(1_100);

        PostThread fromTop = bsky.readThread(chain.get(0));
        assertThat(uris(fromTop.nodes())).isEqualTo(chain);
        assertThat(fromTop.posts()).hasSize(1_100);
        assertThat(fromTop.nodes().get(1_099).depth()).isEqualTo(1_099);

        PostThread fromEnd = bsky.readThread(chain.get(1_099));
        assertThat(uris(fromEnd.nodes())).isEqualTo(chain);
        assertThat(fromEnd.top().depth()).isEqualTo(-1_099);
    }

    @Test
    void limits_areObeyed() {
        List<AtUri> chain = chain(10);

        PostThread near = bsky.readThread(chain.get(5), o -> o.parents(2).depth(1));
        assertThat(uris(near.nodes())).isEqualTo(chain.subList(3, 7));
        assertThat(near.complete()).isTrue();

        PostThread alone = bsky.readThread(chain.get(5), o -> o.parents(0).depth(0));
        assertThat(uris(alone.nodes())).containsExactly(chain.get(5));

        PostThread cut = bsky.readThread(chain.get(0), o -> o.maxPosts(4));
        assertThat(uris(cut.nodes())).isEqualTo(chain.subList(0, 4));
        assertThat(cut.complete()).isFalse();
    }

    @Test
    void wideThread_isReadOnce() {
        AtUri root = bobs.post("Root").uri();
        List<AtUri> replies = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            replies.add(bsky.reply(root, "Reply " + i).uri());
        }

        PostThread thread = bsky.readThread(root);

        assertThat(uris(thread.post().replies())).containsExactlyInAnyOrderElementsOf(replies);
        assertThat(pds.count(GET_THREAD)).isEqualTo(1);
    }

    @Test
    void deletedParent_isAGap() {
        List<AtUri> chain = chain(4);
        bobs.delete(chain.get(1));

        PostThread thread = bsky.readThread(chain.get(3));

        assertThat(uris(thread.parents())).isEqualTo(chain.subList(1, 3));
        assertThat(thread.top()).isInstanceOf(ThreadNode.NotFound.class);
        assertThat(thread.top().depth()).isEqualTo(-2);
        assertThat(thread.posts().stream().map(PostView::uri)).containsExactly(chain.get(2), chain.get(3));
    }

    @Test
    void blockedParent_isAGap() {
        AtUri root = bobs.post("Root").uri();
        AtUri reply = bsky.reply(root, "Reply").uri();
        bobs.block(alice.did());

        PostThread thread = bsky.readThread(reply);

        assertThat(thread.top()).isInstanceOfSatisfying(ThreadNode.Blocked.class, gap -> {
            assertThat(gap.uri()).isEqualTo(root);
            assertThat(gap.author()).isEqualTo(bob.did());
        });
    }

    @Test
    void missingPost_isReported() {
        AtUri post = bobs.post("Root").uri();
        bobs.delete(post);

        PostUnavailableException failure =
                catchThrowableOfType(PostUnavailableException.class, () -> bsky.readThread(post));

        assertThat(failure.reason()).isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void blockedPost_isReported() {
        AtUri post = bobs.post("Root").uri();
        bsky.block(bob.did());

        PostUnavailableException failure =
                catchThrowableOfType(PostUnavailableException.class, () -> bsky.readThread(post.toString()));

        assertThat(failure.reason()).isEqualTo(Reason.BLOCKED);
    }

    @Test
    void invalidLimits_areRefused() {
        AtUri post = bobs.post("Root").uri();

        assertThatThrownBy(() -> bsky.readThread(post, o -> o.depth(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("depth: expected 0 or more (got -1)");
        assertThatThrownBy(() -> bsky.readThread(post, o -> o.maxPosts(0)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
