package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.InputSchema;
import dev.atlex.testkit.internal.InputSchema.Type;
import dev.atlex.testkit.internal.XrpcError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code app.bsky.feed} methods that return single posts and threads. */
final class ThreadMethods {
    private static final String THREAD_POST = "app.bsky.feed.defs#threadViewPost";
    private static final int DEFAULT_DEPTH = 6;
    private static final int DEFAULT_PARENT_HEIGHT = 80;

    private final Context context;
    private final PostViews posts;

    ThreadMethods(Context context, PostViews posts) {
        this.context = context;
        this.posts = posts;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.query(
                        "app.bsky.feed.getPostThread",
                        InputSchema.of()
                                .required("uri", Type.AT_URI)
                                .integer("depth", 0, 1000)
                                .integer("parentHeight", 0, 1000),
                        this::getPostThread),
                Endpoint.query(
                        "app.bsky.feed.getPosts", InputSchema.of().strings("uris", Type.AT_URI, 25), this::getPosts));
    }

    private LexMap getPosts(ViewerCall call) {
        List<LexMap> views = new ArrayList<>();
        for (String uri : new LinkedHashSet<>(call.strings("uris"))) {
            if (!Refs.did(uri).startsWith("did:")) {
                throw XrpcError.upstreamInternal(); // the AppView fails on URIs with handles
            }
            LexMap view =
                    context.relationships.blocked(call.viewer(), Refs.did(uri)) ? null : posts.post(uri, call.viewer());
            if (view != null) {
                views.add(view);
            }
        }
        return Json.object().put("posts", views).build();
    }

    private LexMap getPostThread(ViewerCall call) {
        String uri = withDid(call.required("uri"));
        LexMap post = posts.post(uri, call.viewer());
        IndexedRecord record = context.index.get(uri);
        if (post == null || record == null) {
            throw XrpcError.badRequest("NotFound", "Post not found: " + uri);
        }
        String root = PostViews.root(record);
        LexMap thread = context.relationships.blocked(call.viewer(), record.did())
                ? posts.blocked(uri, call.viewer())
                : new Tree(call.viewer(), root)
                        .anchor(
                                record,
                                post,
                                call.integer("parentHeight", DEFAULT_PARENT_HEIGHT),
                                call.integer("depth", DEFAULT_DEPTH));
        return Json.object()
                .put("thread", thread)
                .put("threadgate", posts.threadgate(root, call.viewer()))
                .build();
    }

    /** Replaces the handle in a URI with its DID, if it can be resolved. */
    private String withDid(String uri) {
        String authority = Refs.did(uri);
        Actor actor = context.actors.find(authority);
        return actor == null ? uri : uri.replaceFirst(authority, actor.did());
    }

    /** The thread around a post, as one account sees it. */
    private final class Tree {
        private final String viewer;
        private final String root;

        private Tree(String viewer, String root) {
            this.viewer = viewer;
            this.root = root;
        }

        LexMap anchor(IndexedRecord record, LexMap post, int height, int depth) {
            Json view = Json.typed(THREAD_POST).put("post", post);
            if (!context.gates.forbidsReply(record.uri())) {
                view.put("parent", parent(record, height));
                replies(view, record.uri(), depth);
            }
            return view.put("threadContext", threadContext(record.uri())).build();
        }

        private @Nullable LexMap parent(IndexedRecord child, int height) {
            String uri = Refs.parent(child.value());
            if (height < 1 || uri == null) {
                return null;
            }
            if (context.relationships.blocked(child.did(), Refs.did(uri))) {
                return posts.blocked(uri, viewer);
            }
            LexMap post = posts.post(uri, viewer);
            IndexedRecord record = context.index.get(uri);
            if (post == null || record == null) {
                return PostViews.notFound(uri);
            }
            if (!PostViews.root(record).equals(root)) {
                return null; // the parent belongs to a different thread
            }
            if (context.relationships.blocked(viewer, record.did())) {
                return posts.blocked(uri, viewer);
            }
            return Json.typed(THREAD_POST)
                    .put("post", post)
                    .put("parent", parent(record, height - 1))
                    .put("threadContext", threadContext(uri))
                    .build();
        }

        /** Adds the replies to a post, unless the depth is exhausted. */
        private void replies(Json view, String uri, int depth) {
            if (depth < 1) {
                return;
            }
            List<LexMap> replies = new ArrayList<>();
            for (IndexedRecord reply : posts.replies(uri)) {
                LexMap child = reply(reply, uri, depth);
                if (child != null) {
                    replies.add(child);
                }
            }
            view.put("replies", replies);
        }

        private @Nullable LexMap reply(IndexedRecord reply, String parent, int depth) {
            LexMap post = posts.post(reply.uri(), viewer);
            if (post == null
                    || !PostViews.root(reply).equals(root)
                    || context.relationships.blocked(reply.did(), Refs.did(parent))) {
                return null;
            }
            if (context.relationships.blocked(viewer, reply.did())) {
                return posts.blocked(reply.uri(), viewer);
            }
            Json view = Json.typed(THREAD_POST).put("post", post);
            replies(view, reply.uri(), depth - 1);
            return view.put("threadContext", threadContext(reply.uri())).build();
        }

        private LexMap threadContext(String uri) {
            return Json.object()
                    .put("rootAuthorLike", context.index.between(Refs.did(root), Nsids.LIKE, uri))
                    .build();
        }
    }
}
