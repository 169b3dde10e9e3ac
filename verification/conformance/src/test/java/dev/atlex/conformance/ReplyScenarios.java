package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.bsky.embed.Record;
import app.bsky.feed.FeedDefs;
import app.bsky.feed.FeedDefs.PostView;
import app.bsky.feed.Post;
import app.bsky.feed.Threadgate;
import dev.atlex.bluesky.BskyUrls;
import dev.atlex.bluesky.ListPurpose;
import dev.atlex.bluesky.PostUnavailableException;
import dev.atlex.bluesky.PostUnavailableException.Reason;
import dev.atlex.bluesky.Posted;
import dev.atlex.bluesky.ReplyRules;
import dev.atlex.syntax.AtUri;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Scenarios for replies, and for gates that forbid replies and quotes. */
abstract class ReplyScenarios extends BlueskyScenarios {
    ReplyScenarios(BlueskyServer server) {
        super(server);
    }

    private static void assertUnavailable(Reason reason, ThrowingCallable call) {
        PostUnavailableException e = catchThrowableOfType(PostUnavailableException.class, call);
        assertThat(e).as("a refusal: " + reason).isNotNull();
        assertThat(e.reason()).isEqualTo(reason);
    }

    /** Writes a reply without checking whether it is allowed. */
    private static AtUri intrude(Person person, Posted root) {
        return person.client()
                .create(
                        Post.RECORD,
                        p -> p.text("Intruding")
                                .reply(Post.ReplyRef.builder()
                                        .root(root.ref())
                                        .parent(root.ref())
                                        .build())
                                .createdAt(Instant.now()))
                .uri();
    }

    /** Returns the replies to a post that the reader sees. */
    private List<AtUri> replies(Person reader, Posted root) {
        server.index();
        return uris(reader.bsky().readThread(root.uri()).post().replies());
    }

    private boolean replyDisabled(Person reader, Posted root) {
        FeedDefs.ViewerState viewer = view(reader, root.uri()).viewer();
        return viewer != null && Boolean.TRUE.equals(viewer.replyDisabled());
    }

    @Test
    void repliesByThreeAccounts_referToParentAndRoot() {
        Person alice = person();
        Person bob = person();
        Person carol = person();
        Posted root = alice.bsky().post("Root");
        server.index();
        Posted middle = bob.bsky().reply(root.uri(), "Middle");
        server.index();
        AtUri byHandle = AtUri.of(middle.uri().toString().replace(bob.did().toString(), bob.handle()));

        Posted leaf = carol.bsky().reply(BskyUrls.toWeb(byHandle).toString(), "Leaf");

        Post reply = record(view(alice, leaf.uri()));
        assertThat(reply.reply().parent()).isEqualTo(middle.ref());
        assertThat(reply.reply().root()).isEqualTo(root.ref());
        assertThat(view(alice, root.uri()).replyCount()).isEqualTo(1);
        assertThat(view(alice, middle.uri()).replyCount()).isEqualTo(1);
    }

    @Test
    void ownPostAndReply_needNotBeIndexed() {
        Person alice = person();

        Posted root = alice.bsky().post("Root");
        Posted middle = alice.bsky().reply(root.uri(), "Middle");
        Posted leaf = alice.bsky().reply(middle.uri(), p -> p.text("Leaf").quote(root.uri()));

        Post reply = record(view(alice, leaf.uri()));
        assertThat(reply.reply().root()).isEqualTo(root.ref());
        assertThat(reply.reply().parent()).isEqualTo(middle.ref());
    }

    @Test
    void deletedParent_isRefused() {
        Person alice = person();
        Person bob = person();
        Posted root = alice.bsky().post("Root");
        alice.bsky().delete(root.uri());
        server.index();

        assertUnavailable(Reason.NOT_FOUND, () -> bob.bsky().reply(root.uri(), "Too late"));
        assertUnavailable(Reason.NOT_FOUND, () -> bob.bsky().quote(root.uri(), "Too late"));
    }

    @Test
    void deletedRoot_isStillReferredToByReplies() {
        Person alice = person();
        Person bob = person();
        Posted root = alice.bsky().post("Root");
        server.index();
        Posted middle = bob.bsky().reply(root.uri(), "Middle");
        alice.bsky().delete(root.uri());
        server.index();

        Posted leaf = alice.bsky().reply(middle.uri(), "Leaf");

        assertThat(record(view(bob, leaf.uri())).reply().root()).isEqualTo(root.ref());
    }

    @Test
    void blockedParent_isRefusedBothWays() {
        Person alice = person();
        Person bob = person();
        Posted alices = alice.bsky().post("By Alice");
        Posted bobs = bob.bsky().post("By Bob");
        alice.bsky().block(bob.did());
        server.index();

        assertUnavailable(Reason.BLOCKED, () -> bob.bsky().reply(alices.uri(), "No"));
        assertUnavailable(Reason.BLOCKED, () -> alice.bsky().reply(bobs.uri(), "No"));
        assertUnavailable(Reason.BLOCKED, () -> bob.bsky().quote(alices.uri(), "No"));
        assertThat(visible(bob, alices.uri())).isFalse();
    }

    @Test
    void noReplies_areRefusedAndHidden() {
        Person alice = person();
        Person bob = person();
        Person carol = person();
        Posted root = alice.bsky().post(p -> p.text("Closed").replies(ReplyRules.NOBODY));
        server.index();

        assertUnavailable(Reason.REPLIES_DISABLED, () -> bob.bsky().reply(root.uri(), "No"));
        AtUri intruder = intrude(bob, root);
        server.index();
        AtUri own = alice.bsky().reply(root.uri(), "Mine").uri();

        assertThat(replies(carol, root)).containsExactly(own);
        assertThat(replies(alice, root)).containsExactly(own);
        assertThat(replies(bob, root)).containsExactly(own);
        assertThat(visible(carol, intruder)).isTrue();
        assertThat(view(carol, root.uri()).replyCount()).isEqualTo(1);
        assertUnavailable(Reason.REPLIES_DISABLED, () -> carol.bsky().reply(own, "No"));
    }

    @Test
    void replyRules_allowOnlyNamedAccounts() {
        Person alice = person();
        Person mentioned = person();
        Person follower = person();
        Person followed = person();
        Person member = person();
        Person stranger = person();
        follower.bsky().follow(alice.did());
        alice.bsky().follow(followed.did());
        AtUri list = alice.bsky().lists().create(ListPurpose.CURATION, "Friends");
        alice.bsky().lists().add(list, member.did());
        Posted root = alice.bsky()
                .post(p -> p.text("Only some, @" + mentioned.handle())
                        .replies(r -> r.mentioned().followers().following().list(list)));
        PostView view = view(stranger, root.uri());

        assertThat(view.threadgate()).isNotNull();
        assertThat(view.threadgate().lists()).extracting(l -> l.uri()).containsExactly(list);
        for (Person allowed : List.of(mentioned, follower, followed, member, alice)) {
            assertThat(replyDisabled(allowed, root)).isFalse();
            allowed.bsky().reply(root.uri(), "Hello from " + allowed.handle());
        }
        assertThat(replyDisabled(stranger, root)).isTrue();
        assertUnavailable(Reason.REPLIES_DISABLED, () -> stranger.bsky().reply(root.uri(), "No"));
        AtUri intruder = intrude(stranger, root);
        assertThat(replies(alice, root)).hasSize(5).doesNotContain(intruder);
    }

    @Test
    void hiddenReply_isNotShown() {
        Person alice = person();
        Person bob = person();
        Person carol = person();
        Posted root = alice.bsky().post(p -> p.text("Open to those I follow").replies(r -> r.following()));
        alice.bsky().follow(bob.did());
        server.index();
        Posted reply = bob.bsky().reply(root.uri(), "Reply");
        assertThat(replies(carol, root)).containsExactly(reply.uri());

        alice.client()
                .update(
                        Threadgate.RECORD,
                        String.valueOf(root.uri().recordKey()),
                        gate -> gate.toBuilder().hiddenReplies(reply.uri()).build());

        server.index();
        assertThat(view(carol, root.uri()).threadgate().record().toJson())
                .contains(reply.uri().toString());
        assertThat(replies(carol, root)).containsExactly(reply.uri());
    }

    @Test
    void noQuotes_areRefusedAndNotShown() {
        Person alice = person();
        Person bob = person();
        Posted root = alice.bsky().post(p -> p.text("Not to be quoted").quotes(false));
        PostView view = view(bob, root.uri());

        assertThat(view.viewer().embeddingDisabled()).isTrue();
        assertUnavailable(Reason.QUOTES_DISABLED, () -> bob.bsky().quote(root.uri(), "No"));
        AtUri intruder = bob.client()
                .create(
                        Post.RECORD,
                        p -> p.text("Intruding")
                                .embed(Post.Embed.of(app.bsky.embed.Record.builder()
                                        .record(root.ref())
                                        .build()))
                                .createdAt(Instant.now()))
                .uri();
        server.index();
        Posted own = alice.bsky().quote(root.uri(), "Mine");

        assertThat(EmbedScenarios.quoted(view(bob, intruder))).isInstanceOf(Record.View.RecordUnion.ViewDetached.class);
        assertThat(EmbedScenarios.quoted(view(bob, own.uri()))).isInstanceOf(Record.View.RecordUnion.ViewRecord.class);
        assertThat(view(bob, root.uri()).quoteCount()).isEqualTo(2);
        assertThat(texts(bob.bsky().quotes(root.uri()).toList())).containsExactly("Mine", "Intruding");
    }

    @Test
    void parentByUnknownAccount_isNotFound() {
        Person alice = person();
        AtUri unknown = AtUri.of("at://did:plc:aaaaaaaaaaaaaaaaaaaaaaaa/app.bsky.feed.post/3jzfcijpj2z2a");

        assertUnavailable(Reason.NOT_FOUND, () -> alice.bsky().reply(unknown, "Hello?"));
    }
}
