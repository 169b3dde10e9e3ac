package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atlex.bluesky.PostThread;
import dev.atlex.bluesky.PostUnavailableException;
import dev.atlex.bluesky.PostUnavailableException.Reason;
import dev.atlex.bluesky.Posted;
import dev.atlex.bluesky.ThreadNode;
import dev.atlex.syntax.AtUri;
import org.junit.jupiter.api.Test;

/** Scenarios for reading threads as trees, with gaps. */
abstract class ReadThreadScenarios extends BlueskyScenarios {
    ReadThreadScenarios(BlueskyServer server) {
        super(server);
    }

    /** Posts a reply and waits until the AppView has indexed it. */
    private AtUri reply(Person person, AtUri parent, String text) {
        AtUri uri = person.bsky().reply(parent, text).uri();
        server.index();
        return uri;
    }

    private AtUri root(Person person) {
        Posted root = person.bsky().post("Root");
        server.index();
        return root.uri();
    }

    @Test
    void parentsAndReplies_formATree() {
        Person alice = person();
        Person bob = person();
        AtUri root = root(alice);
        AtUri middle = reply(bob, root, "Middle");
        AtUri left = reply(alice, middle, "Left");
        AtUri right = reply(bob, middle, "Right");
        AtUri leaf = reply(bob, left, "Leaf");
        reply(bob, root, "Elsewhere");

        PostThread thread = person().bsky().readThread(middle);

        assertThat(thread.top().uri()).isEqualTo(root);
        assertThat(uris(thread.parents())).containsExactly(root);
        assertThat(uris(thread.post().replies())).containsExactlyInAnyOrder(left, right);
        assertThat(uris(thread.nodes())).containsExactlyInAnyOrder(root, middle, left, right, leaf);
        assertThat(uris(thread.nodes())).containsSubsequence(root, middle, left, leaf);
        assertThat(thread.nodes().stream()
                        .filter(node -> node.uri().equals(leaf))
                        .map(ThreadNode::depth))
                .containsExactly(2);
        assertThat(thread.complete()).isTrue();
    }

    @Test
    void limits_areObeyed() {
        Person alice = person();
        AtUri root = root(alice);
        AtUri one = reply(alice, root, "One");
        AtUri two = reply(alice, one, "Two");
        AtUri three = reply(alice, two, "Three");
        reply(alice, three, "Four");

        assertThat(uris(alice.bsky().readThread(two, o -> o.parents(1).depth(1)).nodes()))
                .containsExactly(one, two, three);
        PostThread cut = alice.bsky().readThread(root, o -> o.maxPosts(3));
        assertThat(uris(cut.nodes())).containsExactly(root, one, two);
        assertThat(cut.complete()).isFalse();
    }

    @Test
    void deletedParent_isAGap() {
        Person alice = person();
        Person bob = person();
        AtUri root = root(alice);
        AtUri middle = reply(bob, root, "Middle");
        AtUri leaf = reply(alice, middle, "Leaf");
        bob.bsky().delete(middle);
        server.index();

        PostThread thread = alice.bsky().readThread(leaf);

        assertThat(thread.top()).isInstanceOf(ThreadNode.NotFound.class);
        assertThat(thread.top().uri()).isEqualTo(middle);
        assertThat(uris(thread.nodes())).containsExactly(middle, leaf);
        assertThat(uris(alice.bsky().readThread(root).nodes())).containsExactly(root);
        PostUnavailableException gone = catchThrowableOfType(
                PostUnavailableException.class, () -> alice.bsky().readThread(middle));
        assertThat(gone.reason()).isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void blockedParent_isAGap() {
        Person alice = person();
        Person bob = person();
        AtUri root = root(alice);
        AtUri leaf = reply(bob, root, "Leaf");
        alice.bsky().block(bob.did());
        server.index();

        ThreadNode top = bob.bsky().readThread(leaf).top();

        assertThat(top).isInstanceOf(ThreadNode.Blocked.class);
        assertThat(top.uri()).isEqualTo(root);
        assertThat(((ThreadNode.Blocked) top).author()).isEqualTo(alice.did());
        assertThat(uris(alice.bsky().readThread(root).post().replies())).doesNotContain(leaf);
        PostUnavailableException blocked = catchThrowableOfType(
                PostUnavailableException.class, () -> bob.bsky().readThread(root));
        assertThat(blocked.reason()).isEqualTo(Reason.BLOCKED);
    }

    @Test
    void blockBetweenOthers_hidesTheirReplies() {
        Person alice = person();
        Person bob = person();
        Person carol = person();
        AtUri root = root(alice);
        AtUri leaf = reply(bob, root, "Leaf");
        alice.bsky().block(bob.did());
        server.index();

        PostThread fromTop = carol.bsky().readThread(root);
        PostThread fromEnd = carol.bsky().readThread(leaf);

        assertThat(fromTop.posts()).hasSize(1);
        assertThat(fromEnd.post().uri()).isEqualTo(leaf);
        assertThat(fromEnd.top()).isInstanceOf(ThreadNode.Blocked.class);
    }
}
