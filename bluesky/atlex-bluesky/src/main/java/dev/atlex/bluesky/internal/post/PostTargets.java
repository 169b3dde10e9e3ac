package dev.atlex.bluesky.internal.post;

import app.bsky.feed.FeedDefs.ViewerState;
import com.atproto.repo.StrongRef;
import dev.atlex.bluesky.PostUnavailableException;
import dev.atlex.bluesky.PostUnavailableException.Reason;
import dev.atlex.client.Client;
import dev.atlex.syntax.AtUri;

/** Finds the posts that a new post replies to or quotes. */
final class PostTargets {
    private final PostLookup lookup;

    PostTargets(Client client) {
        this.lookup = new PostLookup(client);
    }

    /**
     * A post that a reply refers to.
     *
     * @param root the first post of its thread
     */
    record Parent(StrongRef post, StrongRef root) {}

    /** @throws PostUnavailableException if this account can't reply to the post */
    Parent parent(AtUri uri) {
        PostLookup.Found found = lookup.find("reply", uri);
        ViewerState viewer = found.viewer();
        if (viewer != null && Boolean.TRUE.equals(viewer.replyDisabled())) {
            throw new PostUnavailableException("reply", uri, Reason.REPLIES_DISABLED, null);
        }
        return new Parent(found.ref(), found.root());
    }

    /** @throws PostUnavailableException if this account can't quote the post */
    StrongRef quoted(AtUri uri) {
        PostLookup.Found found = lookup.find("quote", uri);
        ViewerState viewer = found.viewer();
        if (viewer != null && Boolean.TRUE.equals(viewer.embeddingDisabled())) {
            throw new PostUnavailableException("quote", uri, Reason.QUOTES_DISABLED, null);
        }
        return found.ref();
    }
}
