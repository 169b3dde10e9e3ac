package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.feed.FeedDefs.FeedViewPost;
import app.bsky.feed.Like;
import app.bsky.feed.Post;
import app.bsky.feed.Repost;
import app.bsky.notification.GetUnreadCount;
import app.bsky.notification.ListNotifications;
import app.bsky.notification.ListNotifications.Notification;
import com.atproto.repo.StrongRef;
import dev.atlex.bluesky.Posted;
import dev.atlex.bluesky.notification.Notifications;
import dev.atlex.bluesky.notification.SetAsideNotification;
import dev.atlex.bluesky.notification.StartPosition;
import dev.atlex.client.StrongRefs;
import dev.atlex.session.store.CursorStore;
import dev.atlex.syntax.AtUri;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scenarios for notifications of each reason, for the cursor, and for replies that must exist only once. */
abstract class NotificationScenarios extends BlueskyScenarios {
    @TempDir
    Path folder;

    NotificationScenarios(BlueskyServer server) {
        super(server);
    }

    private List<Notification> list(Person person) {
        server.index();
        return person.client().call(ListNotifications.QUERY, p -> p.limit(50)).notifications();
    }

    private Notifications mentions(Person person) {
        server.index();
        return person.bsky()
                .notifications(n -> n.reasons("mention", "reply")
                        .cursor(CursorStore.file(folder))
                        .from(StartPosition.OLDEST)
                        .attempts(1));
    }

    private static long unread(Person person) {
        return person.client().call(GetUnreadCount.QUERY, p -> {}).count();
    }

    @Test
    void everyReason_isNotified_latestFirst() {
        Person alice = person();
        Person bob = person();
        Person carol = person();
        Posted post = alice.bsky().post("Post");
        server.index();

        AtUri follow = bob.bsky().follow(alice.did());
        server.index();
        AtUri like = bob.bsky().like(post.uri());
        server.index();
        AtUri repost = bob.bsky().repost(post.uri());
        server.index();
        AtUri reply = bob.bsky().reply(post.uri(), "Reply").uri();
        server.index();
        AtUri quote = bob.bsky().quote(post.uri(), "Quote").uri();
        server.index();
        AtUri mention = bob.bsky().post("Hello @" + alice.handle()).uri();
        server.index();
        FeedViewPost.Reason reason = carol.bsky()
                .authorFeed(bob.did())
                .filter(item -> item.reason() != null)
                .findFirst()
                .orElseThrow()
                .reason();
        StrongRef via = StrongRefs.of(
                repost, ((FeedViewPost.Reason.ReasonRepost) reason).value().cid());
        AtUri viaLike = carol.client()
                .create(Like.RECORD, l -> l.subject(post.ref()).via(via).createdAt(Instant.now()))
                .uri();
        server.index();
        AtUri viaRepost = carol.client()
                .create(Repost.RECORD, r -> r.subject(post.ref()).via(via).createdAt(Instant.now()))
                .uri();

        List<Notification> alices = list(alice);
        assertThat(alices)
                .extracting(Notification::reason)
                .containsExactly("repost", "like", "mention", "quote", "reply", "repost", "like", "follow");
        assertThat(alices)
                .extracting(Notification::uri)
                .containsExactly(viaRepost, viaLike, mention, quote, reply, repost, like, follow);
        assertThat(alices)
                .extracting(Notification::reasonSubject)
                .containsExactly(post.uri(), post.uri(), null, post.uri(), post.uri(), post.uri(), post.uri(), null);
        assertThat(alices).extracting(n -> n.author().did()).contains(bob.did(), carol.did());
        assertThat(post(alices.get(4).record()).text()).isEqualTo("Reply");
        assertThat(list(bob)).extracting(Notification::reason).containsExactly("repost-via-repost", "like-via-repost");
        assertThat(list(bob)).extracting(Notification::reasonSubject).containsExactly(repost, repost);
        assertThat(list(carol)).isEmpty();
    }

    @Test
    void ownAndUndoneActions_areNotNotified() {
        Person alice = person();
        Person bob = person();
        Posted post = alice.bsky().post("Post @" + alice.handle());
        server.index();
        alice.bsky().like(post.uri());
        alice.bsky().reply(post.uri(), "Reply");
        server.index();
        bob.bsky().like(post.uri());
        AtUri deleted = bob.bsky().reply(post.uri(), "Soon gone").uri();
        assertThat(list(alice)).extracting(Notification::reason).containsExactlyInAnyOrder("like", "reply");

        bob.bsky().unlike(post.uri());
        bob.bsky().delete(deleted);

        assertThat(list(alice)).isEmpty();
    }

    @Test
    void mutedAndBlockedAccounts_areNotNotified() {
        Person alice = person();
        Person muted = person();
        Person blocked = person();
        Posted post = alice.bsky().post("Post");
        server.index();
        muted.bsky().reply(post.uri(), "From the muted");
        blocked.bsky().reply(post.uri(), "From the blocked");
        assertThat(list(alice)).hasSize(2);

        alice.bsky().mute(muted.did());
        alice.bsky().block(blocked.did());

        assertThat(list(alice)).isEmpty();
    }

    @Test
    void pages_followEachOtherWithoutGap() {
        Person alice = person();
        Person bob = person();
        List<AtUri> mentions = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            mentions.add(0, bob.bsky().post("@" + alice.handle() + " " + i).uri());
            server.index();
        }

        assertThat(alice.client()
                        .pages(ListNotifications.QUERY, p -> p.limit(2))
                        .items(ListNotifications.Output::notifications)
                        .map(Notification::uri))
                .isEqualTo(mentions);
    }

    @Test
    void consumer_handlesEachOnce_acrossRestarts() {
        Person alice = person();
        Person bob = person();
        List<AtUri> handled = new ArrayList<>();
        AtUri one = bob.bsky().post("@" + alice.handle() + " one").uri();
        server.index();
        AtUri two = bob.bsky().post("@" + alice.handle() + " two").uri();
        try (Notifications mentions = mentions(alice)) {
            assertThat(mentions.pollOnce(n -> handled.add(n.uri()))).isEqualTo(2);
            assertThat(mentions.pollOnce(n -> handled.add(n.uri()))).isZero();
        }
        bob.bsky().follow(alice.did());
        AtUri three = bob.bsky().post("@" + alice.handle() + " three").uri();

        try (Notifications mentions = mentions(alice)) {
            mentions.pollOnce(n -> handled.add(n.uri()));
        }
        try (Notifications mentions = mentions(alice)) {
            mentions.pollOnce(n -> handled.add(n.uri()));
        }

        assertThat(handled).containsExactly(one, two, three);
    }

    @Test
    void replyToEach_existsOnce() {
        Person alice = person();
        Person bob = person();
        Posted root = bob.bsky().post("Root");
        Posted one = bob.bsky().reply(root.uri(), "@" + alice.handle() + " one");
        server.index();
        Posted two = bob.bsky().post("@" + alice.handle() + " two");
        AtomicInteger attempts = new AtomicInteger();
        try (Notifications mentions = mentions(alice)) {
            mentions.pollOnce(n -> {
                alice.bsky().reply(n, "Hello!");
                if (attempts.incrementAndGet() == 1) {
                    throw new IllegalStateException("killed after the reply");
                }
            });
            List<SetAsideNotification> setAside = mentions.setAside();
            assertThat(setAside).hasSize(1);
            assertThat(mentions.retrySetAside(n -> alice.bsky().reply(n, "Hello again!")))
                    .isEqualTo(1);
        }

        assertThat(count(alice, Post.RECORD)).isEqualTo(2);
        server.index();
        List<FeedViewPost> replies = alice.bsky().authorFeed(alice.did()).toList();
        assertThat(replies.stream().map(item -> record(item.post()).text())).containsExactly("Hello!", "Hello!");
        assertThat(replies.stream().map(item -> record(item.post()).reply().parent()))
                .containsExactlyInAnyOrder(one.ref(), two.ref());
        assertThat(replies.stream().map(item -> record(item.post()).reply().root()))
                .containsExactlyInAnyOrder(root.ref(), two.ref());
        assertThat(uris(bob.bsky().readThread(two.uri()).post().replies())).hasSize(1);
    }

    @Test
    void seen_isUpdatedOnRequestOnly() {
        Person alice = person();
        Person bob = person();
        bob.bsky().post("@" + alice.handle() + " one");
        server.index();
        bob.bsky().post("@" + alice.handle() + " two");

        try (Notifications mentions = mentions(alice)) {
            mentions.pollOnce(n -> {});
            assertThat(unread(alice)).isPositive();

            mentions.markSeen();
        }

        server.index();
        assertThat(unread(alice)).isZero();
        assertThat(list(alice)).extracting(Notification::isRead).containsExactly(true, true);
        bob.bsky().post("@" + alice.handle() + " three");
        assertThat(list(alice)).extracting(Notification::isRead).containsExactly(false, true, true);
        assertThat(unread(alice)).isEqualTo(1);
    }
}
