package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.bsky.bookmark.BookmarkDefs.BookmarkView;
import app.bsky.feed.FeedDefs.PostView;
import app.bsky.feed.Like;
import app.bsky.feed.Repost;
import dev.atlex.bluesky.BskyUrls;
import dev.atlex.bluesky.PostUnavailableException;
import dev.atlex.bluesky.PostUnavailableException.Reason;
import dev.atlex.bluesky.Posted;
import dev.atlex.syntax.AtUri;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Scenarios for likes, reposts, bookmarks and muted threads, each done and undone twice. */
abstract class ReactionScenarios extends BlueskyScenarios {
    ReactionScenarios(BlueskyServer server) {
        super(server);
    }

    private static AtUri byHandle(AtUri uri, Person owner) {
        return AtUri.of(uri.toString().replace(owner.did().toString(), owner.handle()));
    }

    @Test
    void like_doneAndUndoneTwice() {
        Person alice = person();
        Person bob = person();
        Posted post = alice.bsky().post("Like me");
        server.index();

        AtUri like = bob.bsky().like(post.uri());
        assertThat(bob.bsky().like(BskyUrls.toWeb(byHandle(post.uri(), alice)).toString()))
                .isEqualTo(like);
        PostView liked = view(bob, post.uri());
        assertThat(bob.bsky().like(byHandle(post.uri(), alice))).isEqualTo(like);

        assertThat(liked.likeCount()).isEqualTo(1);
        assertThat(liked.viewer().like()).isEqualTo(like);
        assertThat(view(alice, post.uri()).viewer().like()).isNull();
        assertThat(alice.bsky()
                        .likes(byHandle(post.uri(), alice))
                        .map(each -> each.actor().did()))
                .containsExactly(bob.did());
        assertThat(bob.bsky().likedPosts().map(item -> item.post().uri())).containsExactly(post.uri());
        assertThat(count(bob, Like.RECORD)).isEqualTo(1);

        bob.bsky().unlike(post.uri());
        bob.bsky().unlike(byHandle(post.uri(), alice));

        PostView unliked = view(bob, post.uri());
        assertThat(unliked.likeCount()).isZero();
        assertThat(unliked.viewer().like()).isNull();
        assertThat(bob.bsky().likedPosts()).isEmpty();
        assertThat(count(bob, Like.RECORD)).isZero();
        assertThat(bob.bsky().like(liked)).isNotNull();
        assertThat(view(bob, post.uri()).likeCount()).isEqualTo(1);
    }

    @Test
    void repost_doneAndUndoneTwice() {
        Person alice = person();
        Person bob = person();
        Posted post = alice.bsky().post("Repost me");
        server.index();

        AtUri repost = bob.bsky().repost(post.uri());
        assertThat(bob.bsky().repost(post.ref())).isEqualTo(repost);

        PostView reposted = view(bob, post.uri());
        assertThat(reposted.repostCount()).isEqualTo(1);
        assertThat(reposted.viewer().repost()).isEqualTo(repost);
        assertThat(bob.bsky().repost(reposted)).isEqualTo(repost);
        assertThat(alice.bsky().repostedBy(byHandle(post.uri(), alice)).map(each -> each.did()))
                .containsExactly(bob.did());
        assertThat(bob.bsky().authorFeed(bob.did()).map(item -> item.post().uri()))
                .containsExactly(post.uri());

        bob.bsky().unrepost(post.uri());
        bob.bsky().unrepost(post.uri());

        assertThat(view(bob, post.uri()).repostCount()).isZero();
        assertThat(count(bob, Repost.RECORD)).isZero();
        assertThat(bob.bsky().authorFeed(bob.did())).isEmpty();
    }

    @Test
    void likeByAnotherApp_isFoundAndUndone() {
        Person alice = person();
        Posted post = alice.bsky().post("Mine");
        server.index();

        alice.client().create(Like.RECORD, like -> like.subject(post.ref()).createdAt(Instant.now()));
        alice.bsky().unlike(post.uri());
        assertThat(count(alice, Like.RECORD)).isZero();

        AtUri theirs = alice.client()
                .create(Like.RECORD, like -> like.subject(post.ref()).createdAt(Instant.now()))
                .uri();
        server.index();
        assertThat(alice.bsky().like(post.uri())).isEqualTo(theirs);
        assertThat(count(alice, Like.RECORD)).isEqualTo(1);
    }

    @Test
    void concurrentLikes_createOneRecord() throws Exception {
        Person alice = person();
        Posted post = alice.bsky().post("Popular");
        server.index();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        Set<AtUri> likes = new HashSet<>();
        try {
            Callable<AtUri> like = () -> alice.bsky().like(post.uri());
            for (Future<AtUri> each : threads.invokeAll(Collections.nCopies(4, like))) {
                likes.add(each.get());
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(likes).hasSize(1);
        assertThat(count(alice, Like.RECORD)).isEqualTo(1);
        assertThat(view(alice, post.uri()).likeCount()).isEqualTo(1);
    }

    @Test
    void reactionsToUnavailablePosts_areRefused() {
        Person alice = person();
        Person bob = person();
        AtUri deleted = alice.bsky().post("Deleted").uri();
        AtUri blocked = alice.bsky().post("Blocked").uri();
        alice.bsky().delete(deleted);
        server.index();
        bob.bsky().like(blocked);
        alice.bsky().block(bob.did());
        server.index();

        for (AtUri uri : List.of(deleted, blocked)) {
            Reason reason = uri.equals(deleted) ? Reason.NOT_FOUND : Reason.BLOCKED;
            for (Runnable reaction : List.<Runnable>of(
                    () -> bob.bsky().like(uri),
                    () -> bob.bsky().repost(uri),
                    () -> bob.bsky().bookmark(uri))) {
                PostUnavailableException refusal = catchThrowableOfType(PostUnavailableException.class, reaction::run);
                assertThat(refusal.reason()).isEqualTo(reason);
            }
        }
        bob.bsky().unlike(blocked);
        assertThat(count(bob, Like.RECORD)).isZero();
    }

    @Test
    void bookmark_doneAndUndoneTwice() {
        Person alice = person();
        Person bob = person();
        Posted first = alice.bsky().post("First");
        Posted second = alice.bsky().post("Second");
        server.index();

        bob.bsky().bookmark(first.uri());
        bob.bsky().bookmark(first.uri());
        bob.bsky().bookmark(second.uri());

        PostView view = view(bob, first.uri());
        assertThat(view.viewer().bookmarked()).isTrue();
        assertThat(view.bookmarkCount()).isEqualTo(1);
        assertThat(bob.bsky().bookmarks().map(BookmarkView::subject)).containsExactly(second.ref(), first.ref());
        assertThat(bob.bsky().bookmarks().map(BookmarkView::item))
                .hasOnlyElementsOfType(BookmarkView.Item.PostView.class);
        assertThat(alice.bsky().bookmarks()).isEmpty();

        alice.bsky().delete(second.uri());
        server.index();
        assertThat(bob.bsky().bookmarks().map(BookmarkView::item).findFirst())
                .get()
                .isInstanceOf(BookmarkView.Item.NotFoundPost.class);

        bob.bsky().unbookmark(first.uri());
        bob.bsky().unbookmark(first.uri());
        bob.bsky().unbookmark(second.uri());
        server.index();
        assertThat(bob.bsky().bookmarks()).isEmpty();
        assertThat(view(bob, first.uri()).viewer().bookmarked()).isFalse();
    }

    @Test
    void threadMute_doneAndUndoneTwice() {
        Person alice = person();
        Person bob = person();
        Posted root = alice.bsky().post("Root");
        Posted reply = alice.bsky().reply(root.uri(), "Reply");
        server.index();

        bob.bsky().muteThread(reply.uri());
        bob.bsky().muteThread(root.uri());
        assertThat(view(bob, root.uri()).viewer().threadMuted()).isTrue();
        assertThat(view(bob, reply.uri()).viewer().threadMuted()).isTrue();
        assertThat(view(alice, root.uri()).viewer().threadMuted()).isFalse();

        bob.bsky().unmuteThread(reply.uri());
        bob.bsky().unmuteThread(root.uri());
        assertThat(view(bob, root.uri()).viewer().threadMuted()).isFalse();
    }
}
