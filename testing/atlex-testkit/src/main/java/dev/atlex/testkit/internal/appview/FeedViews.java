package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.Times;
import org.jspecify.annotations.Nullable;

/** Views of posts and reposts in feeds, with the posts that they reply to. */
final class FeedViews {
    private static final String POST_VIEW = "app.bsky.feed.defs#postView";

    private final Context context;
    private final PostViews posts;
    private final ProfileViews profiles;

    FeedViews(Context context, PostViews posts, ProfileViews profiles) {
        this.context = context;
        this.posts = posts;
        this.profiles = profiles;
    }

    /** Returns the URI of the post that a feed shows for a post or repost. */
    static String postUri(IndexedRecord item) {
        String subject = item.collection().equals(Nsids.REPOST) ? Refs.subject(item.value()) : null;
        return subject == null ? item.uri() : subject;
    }

    static boolean isRepost(IndexedRecord item) {
        return item.collection().equals(Nsids.REPOST);
    }

    /** Returns the view of a post or repost, or null if the post isn't visible. */
    @Nullable
    LexMap item(IndexedRecord item, String viewer) {
        if (!isRepost(item)) {
            return item(item.uri(), null, viewer);
        }
        LexMap by = profiles.basic(item.did(), viewer);
        return by == null
                ? null
                : item(
                        postUri(item),
                        Json.typed("app.bsky.feed.defs#reasonRepost")
                                .put("by", by)
                                .put("uri", item.uri())
                                .put("cid", item.cid())
                                .put("indexedAt", Times.text(item.sortTime()))
                                .build(),
                        viewer);
    }

    /** Returns the view of a pinned post, or null if the post isn't visible. */
    @Nullable
    LexMap pinned(String uri, String viewer) {
        return item(uri, Json.typed("app.bsky.feed.defs#reasonPin").build(), viewer);
    }

    /** Returns the view of a post, or null if it isn't visible. */
    @Nullable
    LexMap item(String uri, @Nullable LexMap reason, String viewer) {
        LexMap view = posts.post(uri, viewer);
        IndexedRecord post = context.index.get(uri);
        if (view == null || post == null) {
            return null;
        }
        return Json.object()
                .put("post", view)
                .put("reply", context.gates.forbidsReply(uri) ? null : reply(post, viewer))
                .put("reason", reason)
                .build();
    }

    private @Nullable LexMap reply(IndexedRecord post, String viewer) {
        String rootUri = Refs.root(post.value());
        String parentUri = Refs.parent(post.value());
        if (rootUri == null || parentUri == null) {
            return null;
        }
        LexMap root = posts.orPlaceholder(rootUri, viewer);
        LexMap parent = posts.orPlaceholder(parentUri, viewer);
        String rootAuthor = Refs.did(rootUri);
        String parentAuthor = Refs.did(parentUri);
        boolean parentVisible = POST_VIEW.equals(parent.type());
        if (parentVisible && context.relationships.blocked(post.did(), parentAuthor)) {
            parent = posts.blocked(parentUri, viewer);
            parentVisible = false;
        }
        if (POST_VIEW.equals(root.type())
                && (context.relationships.blocked(post.did(), rootAuthor)
                        || context.relationships.blocked(parentAuthor, rootAuthor))) {
            root = posts.blocked(rootUri, viewer);
        }
        return Json.object()
                .put("root", root)
                .put("parent", parent)
                .put("grandparentAuthor", parentVisible ? grandparentAuthor(parentUri, viewer) : null)
                .build();
    }

    private @Nullable LexMap grandparentAuthor(String parentUri, String viewer) {
        IndexedRecord parent = context.index.get(parentUri);
        String grandparent = parent == null ? null : Refs.parent(parent.value());
        return grandparent == null ? null : profiles.basic(Refs.did(grandparent), viewer);
    }

    /**
     * Returns whether a timeline shows the item. It hides blocked and muted accounts, and conversations with blocked
     * accounts.
     */
    boolean inTimeline(IndexedRecord item, String viewer) {
        Relationships relationships = context.relationships;
        String author = Refs.did(postUri(item));
        IndexedRecord post = context.index.get(postUri(item));
        if (post == null || hidden(item.did(), viewer) || hidden(author, viewer)) {
            return false;
        }
        PrivateState.Mute repostMute = isRepost(item) ? relationships.mute(viewer, item.did()) : null;
        PrivateState.Mute quoteMute = Refs.quoted(post.value()) == null ? null : relationships.mute(viewer, author);
        return !(repostMute != null && repostMute.onlyReposts())
                && !(quoteMute != null && quoteMute.onlyQuotes())
                && !ancestorBlocked(post, viewer);
    }

    private boolean hidden(String did, String viewer) {
        return context.relationships.blocked(viewer, did) || context.relationships.muted(viewer, did);
    }

    private boolean ancestorBlocked(IndexedRecord post, String viewer) {
        String parentUri = Refs.parent(post.value());
        if (parentUri == null) {
            return false;
        }
        IndexedRecord parent = context.index.get(parentUri);
        String grandparentUri = parent == null ? null : Refs.parent(parent.value());
        return context.relationships.blocked(viewer, Refs.did(parentUri))
                || grandparentUri != null && context.relationships.blocked(viewer, Refs.did(grandparentUri));
    }
}
