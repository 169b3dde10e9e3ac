package dev.atlex.bluesky.internal.action;

import app.bsky.bookmark.CreateBookmark;
import app.bsky.bookmark.DeleteBookmark;
import app.bsky.feed.FeedDefs.GeneratorView;
import app.bsky.feed.FeedDefs.PostView;
import app.bsky.feed.FeedDefs.ViewerState;
import app.bsky.feed.Generator;
import app.bsky.feed.GetFeedGenerators;
import app.bsky.feed.GetPosts;
import app.bsky.feed.Like;
import app.bsky.feed.Repost;
import app.bsky.graph.MuteThread;
import app.bsky.graph.UnmuteThread;
import com.atproto.repo.StrongRef;
import dev.atlex.bluesky.PostUnavailableException;
import dev.atlex.bluesky.PostUnavailableException.Reason;
import dev.atlex.bluesky.internal.DidLookup;
import dev.atlex.bluesky.internal.RepeatableCalls;
import dev.atlex.bluesky.internal.post.PostLookup;
import dev.atlex.client.Client;
import dev.atlex.client.StrongRefs;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Actions on posts: like, repost, bookmark, mute the thread. */
public final class Reactions {
    private final Client client;
    private final Clock clock;
    private final PostLookup lookup;
    private final SubjectRecords likes;
    private final SubjectRecords reposts;

    /** @param client a client of the account */
    public Reactions(Client client, Clock clock) {
        this.client = client;
        this.clock = clock;
        this.lookup = new PostLookup(client);
        this.likes = new SubjectRecords(client, Like.RECORD);
        this.reposts = new SubjectRecords(client, Repost.RECORD);
    }

    /**
     * Likes a post or a feed generator.
     *
     * @throws PostUnavailableException if the post doesn't exist, or is hidden from this account
     */
    public AtUri like(AtUri post) {
        if (isFeed(post)) {
            return likeFeed(new DidLookup(client).withDid(post));
        }
        PostLookup.Found found = lookup.findView("like", post);
        return like(found.ref(), found.viewer());
    }

    /**
     * Likes this version of a post.
     *
     * @throws PostUnavailableException if the post is hidden from this account
     */
    public AtUri like(StrongRef post) {
        Target target = target("like", post);
        return like(target.ref(), target.viewer());
    }

    /** @param viewer this account's relation to the post, or null if unknown */
    private record Target(StrongRef ref, @Nullable ViewerState viewer) {}

    /** Accepts posts that the AppView doesn't have yet, such as posts that streams have just returned. */
    private Target target(String operation, StrongRef post) {
        try {
            PostLookup.Found found = lookup.findView(operation, post.uri());
            return new Target(StrongRefs.of(found.ref().uri(), post.cid()), found.viewer());
        } catch (PostUnavailableException e) {
            if (e.reason() != Reason.NOT_FOUND || !(post.uri().authority() instanceof Did)) {
                throw e;
            }
            return new Target(post, null);
        }
    }

    /** @param viewer this account's relation to the post, or null if unknown */
    public AtUri like(StrongRef post, @Nullable ViewerState viewer) {
        return like(post, viewer == null ? null : viewer.like());
    }

    private AtUri like(StrongRef subject, @Nullable AtUri known) {
        return likes.create(
                RecordSubject.record(subject.uri()),
                known,
                Like.builder().subject(subject).createdAt(clock.instant()).build());
    }

    public void unlike(AtUri post) {
        if (isFeed(post)) {
            AtUri uri = new DidLookup(client).withDid(post);
            GeneratorView feed = feed(uri);
            likes.delete(RecordSubject.record(uri), known(feed), feed != null && feed.viewer() != null);
        } else {
            undo("unlike", likes, post);
        }
    }

    private AtUri likeFeed(AtUri uri) {
        GeneratorView feed = feed(uri);
        if (feed == null) {
            throw new PostUnavailableException("like", uri, Reason.NOT_FOUND, null);
        }
        return like(feed.strongRef(), known(feed));
    }

    private static boolean isFeed(AtUri uri) {
        return Generator.RECORD.collection().equals(uri.collection());
    }

    /** Looks up the feed without the method for a single feed, which fails if the feed's service is offline. */
    private @Nullable GeneratorView feed(AtUri feed) {
        List<GeneratorView> views =
                client.call(GetFeedGenerators.QUERY, p -> p.feeds(feed)).feeds();
        return views.isEmpty() ? null : views.get(0);
    }

    private static @Nullable AtUri known(@Nullable GeneratorView feed) {
        return feed == null || feed.viewer() == null ? null : feed.viewer().like();
    }

    /** @throws PostUnavailableException if the post doesn't exist, or is hidden from this account */
    public AtUri repost(AtUri post) {
        PostLookup.Found found = lookup.findView("repost", post);
        return repost(found.ref(), found.viewer());
    }

    /**
     * Reposts this version of a post.
     *
     * @throws PostUnavailableException if the post is hidden from this account
     */
    public AtUri repost(StrongRef post) {
        Target target = target("repost", post);
        return repost(target.ref(), target.viewer());
    }

    /** @param viewer this account's relation to the post, or null if unknown */
    public AtUri repost(StrongRef post, @Nullable ViewerState viewer) {
        return reposts.create(
                RecordSubject.record(post.uri()),
                viewer == null ? null : viewer.repost(),
                Repost.builder().subject(post).createdAt(clock.instant()).build());
    }

    public void unrepost(AtUri post) {
        undo("unrepost", reposts, post);
    }

    /** Undoes an action, even on a post that was deleted or is blocked. */
    private void undo(String operation, SubjectRecords records, AtUri given) {
        AtUri post = lookup.withDid(operation, given);
        ViewerState viewer = viewer(post);
        AtUri known = viewer == null ? null : records == likes ? viewer.like() : viewer.repost();
        records.delete(RecordSubject.record(post), known, viewer != null);
    }

    /** Returns this account's relation to a post, or null if the AppView doesn't return the post. */
    private @Nullable ViewerState viewer(AtUri post) {
        try {
            List<PostView> views =
                    client.call(GetPosts.QUERY, p -> p.uris(post)).posts();
            return views.isEmpty() ? null : views.get(0).viewer();
        } catch (XrpcResponseException e) {
            if (PostLookup.isWithoutAppView(e)) {
                return null;
            }
            throw e;
        }
    }

    /** @throws PostUnavailableException if the post doesn't exist, or is hidden from this account */
    public void bookmark(AtUri post) {
        StrongRef ref = lookup.find("bookmark", post).ref();
        client.call(CreateBookmark.PROCEDURE, p -> p.uri(ref.uri()).cid(ref.cid()), RepeatableCalls.options(client));
    }

    public void unbookmark(AtUri post) {
        AtUri uri = lookup.withDid("unbookmark", post);
        client.call(DeleteBookmark.PROCEDURE, p -> p.uri(uri), RepeatableCalls.options(client));
    }

    /** @throws PostUnavailableException if the post doesn't exist, or is hidden from this account */
    public void muteThread(AtUri post) {
        AtUri root = lookup.find("muteThread", post).root().uri();
        client.call(MuteThread.PROCEDURE, p -> p.root(root), RepeatableCalls.options(client));
    }

    /** Unmutes a post's thread. If the post no longer exists, it is assumed to be the first post of the thread. */
    public void unmuteThread(AtUri post) {
        AtUri root;
        try {
            root = lookup.find("unmuteThread", post).root().uri();
        } catch (PostUnavailableException e) {
            root = e.uri();
        }
        AtUri muted = root;
        client.call(UnmuteThread.PROCEDURE, p -> p.root(muted), RepeatableCalls.options(client));
    }
}
