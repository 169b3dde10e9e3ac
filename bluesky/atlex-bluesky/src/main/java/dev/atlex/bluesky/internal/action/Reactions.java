package dev.atlex.bluesky.internal.action;

import app.bsky.bookmark.CreateBookmark;
import app.bsky.bookmark.DeleteBookmark;
import app.bsky.feed.FeedDefs.PostView;
import app.bsky.feed.FeedDefs.ViewerState;
import app.bsky.feed.GetPosts;
import app.bsky.feed.Like;
import app.bsky.feed.Repost;
import app.bsky.graph.MuteThread;
import app.bsky.graph.UnmuteThread;
import com.atproto.repo.StrongRef;
import dev.atlex.bluesky.PostUnavailableException;
import dev.atlex.bluesky.internal.RepeatableCalls;
import dev.atlex.bluesky.internal.post.PostLookup;
import dev.atlex.client.Client;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.syntax.AtUri;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an account does with a post: like, repost, bookmark it, or mute its thread. */
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
        this.lookup = new PostLookup(client, client.requireDid());
        this.likes = new SubjectRecords(client, Like.RECORD);
        this.reposts = new SubjectRecords(client, Repost.RECORD);
    }

    /** @throws PostUnavailableException if the post doesn't exist, or is hidden from this account */
    public AtUri like(AtUri post) {
        PostLookup.Found found = lookup.findView("like", post);
        return like(found.ref(), found.viewer());
    }

    /** Likes this version of a post. */
    public AtUri like(StrongRef post) {
        PostLookup.Found found = lookup.findView("like", post.uri());
        return like(post.toBuilder().uri(found.ref().uri()).build(), found.viewer());
    }

    /** @param viewer the state of the post for this account, or null if unknown */
    public AtUri like(StrongRef post, @Nullable ViewerState viewer) {
        return likes.create(
                RecordSubject.post(post.uri()),
                viewer == null ? null : viewer.like(),
                Like.builder().subject(post).createdAt(clock.instant()).build());
    }

    public void unlike(AtUri post) {
        undo("unlike", likes, post);
    }

    /** @throws PostUnavailableException if the post doesn't exist, or is hidden from this account */
    public AtUri repost(AtUri post) {
        PostLookup.Found found = lookup.findView("repost", post);
        return repost(found.ref(), found.viewer());
    }

    /** Reposts this version of a post. */
    public AtUri repost(StrongRef post) {
        PostLookup.Found found = lookup.findView("repost", post.uri());
        return repost(post.toBuilder().uri(found.ref().uri()).build(), found.viewer());
    }

    /** @param viewer the state of the post for this account, or null if unknown */
    public AtUri repost(StrongRef post, @Nullable ViewerState viewer) {
        return reposts.create(
                RecordSubject.post(post.uri()),
                viewer == null ? null : viewer.repost(),
                Repost.builder().subject(post).createdAt(clock.instant()).build());
    }

    public void unrepost(AtUri post) {
        undo("unrepost", reposts, post);
    }

    /** Also of posts that are deleted or blocked in the meantime. */
    private void undo(String operation, SubjectRecords records, AtUri given) {
        AtUri post = lookup.withDid(operation, given);
        ViewerState viewer = viewer(post);
        AtUri known = viewer == null ? null : records == likes ? viewer.like() : viewer.repost();
        records.delete(RecordSubject.post(post), known, viewer != null);
    }

    /** Returns null if the AppView doesn't return the post. */
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

    /** Of a post that doesn't exist any more, the thread is unknown unless the post began it. */
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
