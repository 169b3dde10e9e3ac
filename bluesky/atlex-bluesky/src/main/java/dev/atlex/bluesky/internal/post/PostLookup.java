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
import dev.atlex.bluesky.internal.MissingRecord;
import dev.atlex.bluesky.internal.PostUris;
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
 * Finds posts by their URIs.
 *
 * <p>The AppView knows the most about a post, including this account's view of it. It lags behind the account's own
 * repository, which always has the newest posts. The record itself is read only if the AppView doesn't return a post,
 * or if there is no AppView.
 */
public final class PostLookup {
    private final Client client;

    public PostLookup(Client client) {
        this.client = client;
    }

    /** @param viewer this account's relation to the post according to the AppView, or null */
    public record Found(
            StrongRef ref, LexMap record, @Nullable ViewerState viewer) {
        /** Returns the first post of the thread, even if the rest of the record is invalid. */
        public StrongRef root() {
            LexMap reply = record.getMap("reply");
            LexMap root = reply == null ? null : reply.getMap("root");
            String uri = root == null ? null : root.getString("uri");
            String cid = root == null ? null : root.getString("cid");
            return uri != null && cid != null && AtUri.isValid(uri) && Cid.isValid(cid)
                    ? StrongRefs.of(AtUri.of(uri), Cid.of(cid))
                    : ref;
        }
    }

    /**
     * Returns a post. Posts of the account itself are read from its repository, without their views.
     *
     * @param operation the operation that needs the post, for messages
     * @throws PostUnavailableException if the post doesn't exist, or is hidden from this account
     */
    public Found find(String operation, AtUri given) {
        AtUri uri = withDid(operation, given);
        return uri.authority().equals(client.requireDid()) ? record(operation, uri) : seen(operation, uri);
    }

    /** Like {@link #find}, but also returns the view of the account's own posts, if the AppView already has them. */
    public Found findView(String operation, AtUri given) {
        return seen(operation, withDid(operation, given));
    }

    private Found seen(String operation, AtUri uri) {
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
            Found record = unlisted(operation, uri);
            if (uri.authority().equals(client.requireDid())) {
                return record;
            }
            // The record exists, so the AppView hides the post from this account.
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
    public static boolean isWithoutAppView(XrpcResponseException failure) {
        return failure.status() == 404 || failure.status() == 501 || failure.status() == 502;
    }

    /**
     * Reads a post that the AppView doesn't return. If its record can't be read either, it doesn't exist for this
     * account.
     */
    private Found unlisted(String operation, AtUri uri) {
        try {
            return record(operation, uri);
        } catch (XrpcResponseException e) {
            if (isWithoutAppView(e)) {
                throw new PostUnavailableException(operation, uri, Reason.NOT_FOUND, e);
            }
            throw e;
        }
    }

    private Found record(String operation, AtUri uri) {
        RecordKey key = Objects.requireNonNull(uri.recordKey(), "recordKey");
        GetRecord.Output found;
        try {
            found = client.getRecord(uri.authority(), Post.RECORD.collection(), key, null)
                    .body();
        } catch (XrpcResponseException e) {
            // The reference server returns 400 for an unknown repository, too.
            if (e.status() == 400 || MissingRecord.is(e)) {
                throw new PostUnavailableException(operation, uri, Reason.NOT_FOUND, e);
            }
            throw e;
        }
        Cid cid = found.cid();
        LexMap record = found.value();
        return new Found(StrongRefs.of(uri, cid == null ? record.cid() : cid), record, null);
    }

    /**
     * Returns the URI of a post with its author's DID.
     *
     * @throws dev.atlex.data.InvalidSyntaxException if the URI isn't a post's URI
     * @throws PostUnavailableException if the author's handle doesn't exist
     */
    public AtUri withDid(String operation, AtUri uri) {
        PostUris.check(uri);
        return AtUri.of(
                did(operation, uri), Post.RECORD.collection(), Objects.requireNonNull(uri.recordKey(), "recordKey"));
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
