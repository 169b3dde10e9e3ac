package dev.atlex.bluesky.internal.post;

import app.bsky.actor.ActorDefs;
import app.bsky.feed.FeedDefs.PostView;
import app.bsky.feed.FeedDefs.ViewerState;
import app.bsky.feed.GetPosts;
import app.bsky.feed.Post;
import com.atproto.identity.ResolveHandle;
import com.atproto.repo.GetRecord;
import com.atproto.repo.StrongRef;
import dev.atlex.bluesky.PostUnavailableException;
import dev.atlex.bluesky.PostUnavailableException.Reason;
import dev.atlex.client.Client;
import dev.atlex.client.StrongRefs;
import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.RecordKey;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the posts that a new post replies to or quotes.
 *
 * <p>Posts of the account itself are read from its own repository, which always has the newest ones. Other posts are read
 * from the AppView, which also knows whether this account may reply or quote. Only if the AppView doesn't return a post, or
 * there is no AppView, the record itself is read.
 */
final class PostTargets {
    private final Client client;
    private final Did self;

    PostTargets(Client client, Did self) {
        this.client = client;
        this.self = self;
    }

    /**
     * A post that a reply refers to.
     *
     * @param root the first post of its thread
     */
    record Parent(StrongRef post, StrongRef root) {}

    /** @throws PostUnavailableException if this account can't reply to the post */
    Parent parent(AtUri uri) {
        Found found = find("reply", uri);
        ViewerState viewer = found.viewer();
        if (viewer != null && Boolean.TRUE.equals(viewer.replyDisabled())) {
            throw new PostUnavailableException("reply", uri, Reason.REPLIES_DISABLED, null);
        }
        StrongRef root = root(found.record());
        return new Parent(found.ref(), root == null ? found.ref() : root);
    }

    /** @throws PostUnavailableException if this account can't quote the post */
    StrongRef quoted(AtUri uri) {
        Found found = find("quote", uri);
        ViewerState viewer = found.viewer();
        if (viewer != null && Boolean.TRUE.equals(viewer.embeddingDisabled())) {
            throw new PostUnavailableException("quote", uri, Reason.QUOTES_DISABLED, null);
        }
        return found.ref();
    }

    /** Returns the root that a reply names, even if the rest of the record is invalid; null for the first post of a thread. */
    private static @Nullable StrongRef root(LexMap record) {
        LexMap reply = record.getMap("reply");
        LexMap root = reply == null ? null : reply.getMap("root");
        String uri = root == null ? null : root.getString("uri");
        String cid = root == null ? null : root.getString("cid");
        return uri != null && cid != null && AtUri.isValid(uri) && Cid.isValid(cid)
                ? StrongRefs.of(AtUri.of(uri), Cid.of(cid))
                : null;
    }

    /** @param viewer the AppView's state of the post for this account, or null */
    private record Found(
            StrongRef ref, LexMap record, @Nullable ViewerState viewer) {}

    private Found find(String operation, AtUri given) {
        AtUri uri = AtUri.of(
                did(operation, given),
                Post.RECORD.collection(),
                Objects.requireNonNull(given.recordKey(), "recordKey"));
        if (uri.authority().equals(self)) {
            return record(operation, uri);
        }
        List<PostView> views;
        try {
            views = client.call(GetPosts.QUERY, p -> p.uris(uri)).posts();
        } catch (XrpcResponseException e) {
            if (!isWithoutAppView(e)) {
                throw e;
            }
            return record(operation, uri);
        }
        if (views.isEmpty()) {
            // If the record still exists, the AppView hides the post from this account.
            record(operation, uri);
            throw new PostUnavailableException(operation, uri, Reason.BLOCKED, null);
        }
        PostView view = views.get(0);
        ActorDefs.ViewerState author = view.author().viewer();
        if (author != null
                && (Boolean.TRUE.equals(author.blockedBy())
                        || author.blocking() != null
                        || author.blockingByList() != null)) {
            throw new PostUnavailableException(operation, uri, Reason.BLOCKED, null);
        }
        return new Found(view.strongRef(), view.record(), view.viewer());
    }

    /** Returns whether the server has no AppView, or can't reach it. */
    private static boolean isWithoutAppView(XrpcResponseException failure) {
        return failure.status() == 404 || failure.status() == 501 || failure.status() == 502;
    }

    private Found record(String operation, AtUri uri) {
        RecordKey key = Objects.requireNonNull(uri.recordKey(), "recordKey");
        GetRecord.Output found;
        try {
            found = client.getRecord(uri.authority(), Post.RECORD.collection(), key, null)
                    .body();
        } catch (XrpcResponseException e) {
            // The reference server's error is RecordNotFound, or InvalidRequest for an unknown repository.
            if (e.status() == 400) {
                throw new PostUnavailableException(operation, uri, Reason.NOT_FOUND, e);
            }
            throw e;
        }
        Cid cid = found.cid();
        LexMap record = found.value();
        return new Found(StrongRefs.of(uri, cid == null ? record.cid() : cid), record, null);
    }

    private Did did(String operation, AtUri uri) {
        AtIdentifier author = uri.authority();
        if (author instanceof Did did) {
            return did;
        }
        try {
            return client.call(ResolveHandle.QUERY, p -> p.handle((Handle) author))
                    .did();
        } catch (XrpcException e) {
            if (e.retryable()) {
                throw e;
            }
            throw new PostUnavailableException(operation, uri, Reason.NOT_FOUND, e);
        }
    }
}
