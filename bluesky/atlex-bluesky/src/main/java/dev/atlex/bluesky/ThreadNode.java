package dev.atlex.bluesky;

import app.bsky.feed.FeedDefs.PostView;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import java.util.List;
import java.util.Objects;

/**
 * A place in a {@link PostThread}: a post, or a placeholder for a post that can't be read.
 *
 * <p>Nodes are compared by identity. Compare {@linkplain PostThread#equals whole threads} instead.
 */
public sealed interface ThreadNode {
    /** Returns the post's URI. */
    AtUri uri();

    /**
     * Returns the distance from the post that the thread was read for: 0 for that post, -1 for its parent, 1 for its
     * replies.
     */
    int depth();

    /** A post. */
    final class Post implements ThreadNode {
        private final PostView view;
        private final int depth;
        private final List<ThreadNode> replies;

        /** Creates a node. */
        public Post(PostView view, int depth, List<? extends ThreadNode> replies) {
            this.view = Objects.requireNonNull(view, "view");
            this.depth = depth;
            this.replies = List.copyOf(replies);
        }

        /** Returns the post with its author, its counts and this account's relation to it. */
        public PostView view() {
            return view;
        }

        @Override
        public AtUri uri() {
            return view.uri();
        }

        @Override
        public int depth() {
            return depth;
        }

        /**
         * Returns the direct replies, in the server's order. Empty for the posts above the one that the thread was read
         * for, because their other replies aren't read.
         */
        public List<ThreadNode> replies() {
            return replies;
        }

        /** Returns the URI, the depth and the number of direct replies. */
        @Override
        public String toString() {
            return "Post[" + uri() + ", depth=" + depth + ", replies=" + replies.size() + "]";
        }
    }

    /** A post that is deleted or unknown to Bluesky. The posts above it can't be found. */
    final class NotFound implements ThreadNode {
        private final AtUri uri;
        private final int depth;

        /** Creates a node. */
        public NotFound(AtUri uri, int depth) {
            this.uri = Objects.requireNonNull(uri, "uri");
            this.depth = depth;
        }

        @Override
        public AtUri uri() {
            return uri;
        }

        @Override
        public int depth() {
            return depth;
        }

        @Override
        public String toString() {
            return "NotFound[" + uri + ", depth=" + depth + "]";
        }
    }

    /** A post whose author blocks this account or is blocked by it, or blocks the author of a neighboring post. */
    final class Blocked implements ThreadNode {
        private final AtUri uri;
        private final int depth;
        private final Did author;

        /** Creates a node. */
        public Blocked(AtUri uri, int depth, Did author) {
            this.uri = Objects.requireNonNull(uri, "uri");
            this.depth = depth;
            this.author = Objects.requireNonNull(author, "author");
        }

        @Override
        public AtUri uri() {
            return uri;
        }

        @Override
        public int depth() {
            return depth;
        }

        /** Returns the author. */
        public Did author() {
            return author;
        }

        @Override
        public String toString() {
            return "Blocked[" + uri + ", depth=" + depth + "]";
        }
    }
}
