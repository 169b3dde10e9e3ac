package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.Times;
import dev.atlex.testkit.internal.appview.RecordIndex.By;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creates views of posts. Methods return null for posts that don't exist or whose authors aren't visible. */
final class PostViews {
    private static final String NOT_FOUND = "app.bsky.feed.defs#notFoundPost";
    private static final String BLOCKED = "app.bsky.feed.defs#blockedPost";

    /** The depth below which quoted posts are shown with their own embeds. */
    private static final int MAX_DEPTH = 2;

    private final Context context;
    private final ProfileViews profiles;
    private final ListViews lists;
    private final EmbedViews embeds;

    PostViews(Context context, ProfileViews profiles, ListViews lists) {
        this.context = context;
        this.profiles = profiles;
        this.lists = lists;
        embeds = new EmbedViews(context, profiles, lists, this);
    }

    /** Returns the view of a post, whether or not a block hides it from the viewer. */
    @Nullable
    LexMap post(String uri, String viewer) {
        return post(uri, viewer, 0);
    }

    /** @param depth the number of posts that enclose this one, each quoting the next */
    @Nullable
    LexMap post(String uri, String viewer, int depth) {
        IndexedRecord post = context.relationships.visibleRecord(uri);
        if (post == null || !post.collection().equals(Nsids.POST)) {
            return null;
        }
        LexMap author = profiles.basic(post.did(), viewer);
        if (author == null) {
            return null;
        }
        Json view = Json.object()
                .put("uri", uri)
                .put("cid", post.cid())
                .put("author", author)
                .put("record", post.value())
                .put("embed", depth < MAX_DEPTH ? embeds.embed(post, viewer, depth + 1) : null)
                .put("bookmarkCount", context.bookmarks.count(uri))
                .put("replyCount", replies(uri).size())
                .put("repostCount", context.relationships.count(uri, Nsids.REPOST))
                .put("likeCount", context.relationships.count(uri, Nsids.LIKE))
                .put("quoteCount", context.index.get(By.QUOTED, uri).size())
                .put("indexedAt", Times.text(post.sortTime()))
                .put("viewer", viewer(post, viewer))
                .put("labels", context.labels.of(post));
        return Refs.root(post.value()) == null
                ? view.put("threadgate", threadgate(uri, viewer)).build()
                : view.build();
    }

    private LexMap viewer(IndexedRecord post, String viewer) {
        String uri = post.uri();
        String root = root(post);
        Boolean replyDisabled = context.gates.replyDisabled(root, viewer);
        if (context.gates.forbidsReply(uri)) {
            replyDisabled = true;
        }
        Json view = Json.object()
                .put("repost", context.index.between(viewer, Nsids.REPOST, uri))
                .put("like", context.index.between(viewer, Nsids.LIKE, uri))
                .put("bookmarked", context.bookmarks.has(viewer, uri))
                .put("threadMuted", context.state.of(viewer).mutedThreads.contains(root));
        if (replyDisabled != null) {
            view.put("replyDisabled", replyDisabled);
        }
        view.put("embeddingDisabled", context.gates.embeddingDisabled(uri, viewer));
        LexMap pinned = viewer.equals(post.did()) ? profiles.record(viewer).getMap("pinnedPost") : null;
        if (pinned != null) {
            view.put("pinned", uri.equals(pinned.getString("uri")));
        }
        return view.build();
    }

    /** Returns the view of the threadgate of a root post, or null without one. */
    @Nullable
    LexMap threadgate(String rootUri, String viewer) {
        IndexedRecord gate = context.gates.threadgate(rootUri);
        if (gate == null) {
            return null;
        }
        List<LexMap> allowed = new ArrayList<>();
        for (LexMap rule : Refs.maps(gate.value().getArray("allow"))) {
            String list = rule.getString("list");
            LexMap view = list == null ? null : lists.basic(list, viewer);
            if (view != null) {
                allowed.add(view);
            }
        }
        return Json.object()
                .put("uri", gate.uri())
                .put("cid", gate.cid())
                .put("record", gate.value())
                .put("lists", allowed)
                .build();
    }

    /** Returns the direct replies that the threadgate permits, newest first. */
    List<IndexedRecord> replies(String uri) {
        return context.index.get(By.PARENT, uri).values().stream()
                .filter(reply -> !context.gates.forbidsReply(reply.uri()))
                .toList();
    }

    /** Returns a record as posts and messages embed it, or a placeholder. */
    LexMap embedded(String uri, String viewer) {
        return embeds.recordOrPlaceholder(uri, viewer, 1);
    }

    /** Returns the view of a post as a member of a union, or a placeholder if it is missing or blocked. */
    LexMap orPlaceholder(String uri, String viewer) {
        LexMap post = post(uri, viewer);
        if (post == null) {
            return notFound(uri);
        }
        String author = Refs.did(uri);
        return context.relationships.blocked(viewer, author)
                ? blocked(uri, viewer)
                : Json.typed("app.bsky.feed.defs#postView", post);
    }

    static LexMap notFound(String uri) {
        return Json.typed(NOT_FOUND).put("uri", uri).put("notFound", true).build();
    }

    LexMap blocked(String uri, String viewer) {
        return Json.typed(BLOCKED)
                .put("uri", uri)
                .put("blocked", true)
                .put("author", profiles.blockedAuthor(Refs.did(uri), viewer))
                .build();
    }

    /** Returns the URI of the first post of the thread that the post is in. */
    static String root(IndexedRecord post) {
        String root = Refs.root(post.value());
        return root == null ? post.uri() : root;
    }
}
