package dev.atlex.bluesky.internal.read;

import app.bsky.feed.FeedDefs.BlockedPost;
import app.bsky.feed.FeedDefs.NotFoundPost;
import app.bsky.feed.FeedDefs.PostView;
import app.bsky.feed.FeedDefs.ThreadViewPost;
import app.bsky.feed.FeedDefs.ThreadViewPost.Parent;
import app.bsky.feed.FeedDefs.ThreadViewPost.RepliesItem;
import app.bsky.feed.GetPostThread;
import dev.atlex.bluesky.PostThread;
import dev.atlex.bluesky.PostUnavailableException;
import dev.atlex.bluesky.PostUnavailableException.Reason;
import dev.atlex.bluesky.ReadThreadOptions;
import dev.atlex.bluesky.ThreadNode;
import dev.atlex.client.Client;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.syntax.AtUri;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the thread around a post.
 *
 * <p>Responses are nested as deeply as the thread, and servers cut them off at a depth that they choose. So each
 * request asks for a bounded number of levels, and further requests continue where it ends. Upward, they continue at
 * the topmost post if that is a reply. Downward, they continue at each post that has replies, none of which were
 * returned. The tree is built from a list in which parents precede their replies, because recursion might overflow the
 * stack.
 */
public final class ThreadReader {
    /** The number of levels that one request asks for, in each direction. */
    static final int LEVELS = 100;

    private final Client client;
    private final ReadThreadOptions options;
    private final Set<AtUri> seen = new HashSet<>();
    private final Deque<Draft> cut = new ArrayDeque<>();

    /** The requested post and all posts below it. Parents precede their replies. */
    private final List<Draft> drafts = new ArrayList<>();

    private boolean complete = true;

    private ThreadReader(Client client, ReadThreadOptions options) {
        this.client = client;
        this.options = options;
    }

    /** @throws PostUnavailableException if the post doesn't exist, or is blocked */
    public static PostThread read(Client client, AtUri post, ReadThreadOptions options) {
        return new ThreadReader(client, options).read(post);
    }

    private PostThread read(AtUri post) {
        ThreadViewPost view = fetch(post, Math.min(LEVELS, options.depth()), Math.min(LEVELS, options.parents()));
        Draft top = new Draft(view.post(), 0);
        seen.add(view.post().uri());
        drafts.add(top);
        List<ThreadNode> parents = parents(view);
        addReplies(top, view);
        while (!cut.isEmpty() && complete) {
            expand(cut.pop());
        }
        return new PostThread(parents, build(), complete);
    }

    private List<ThreadNode> parents(ThreadViewPost below) {
        Deque<ThreadNode> parents = new ArrayDeque<>();
        ThreadViewPost child = below;
        boolean mayBeCut = false;
        for (int depth = -1; -depth <= options.parents(); depth--) {
            if (child.parent() == null && mayBeCut && isReply(child.post())) {
                ThreadViewPost again =
                        fetchIfVisible(child.post().uri(), 0, Math.min(LEVELS, options.parents() + depth + 1));
                child = again == null ? child : again;
            }
            Parent parent = child.parent();
            ThreadNode node = parent == null ? null : node(parent, depth);
            if (node == null || !admit(node.uri())) {
                break;
            }
            parents.addFirst(node);
            if (!(parent instanceof Parent.FeedThreadViewPost next)) {
                break;
            }
            child = next.value();
            mayBeCut = true;
        }
        return List.copyOf(parents);
    }

    private static @Nullable ThreadNode node(Parent parent, int depth) {
        if (parent instanceof Parent.FeedThreadViewPost post) {
            return new ThreadNode.Post(post.value().post(), depth, List.of());
        }
        if (parent instanceof Parent.NotFoundPost gap) {
            return notFound(gap.value(), depth);
        }
        return parent instanceof Parent.BlockedPost gap ? blocked(gap.value(), depth) : null;
    }

    private static boolean isReply(PostView post) {
        return post.record().getMap("reply") != null;
    }

    /** A post whose replies are still being collected. */
    private static final class Draft {
        final PostView view;
        final int depth;
        final List<Supplier<ThreadNode>> replies = new ArrayList<>();
        ThreadNode.@Nullable Post built;

        Draft(PostView view, int depth) {
            this.view = view;
            this.depth = depth;
        }

        ThreadNode.Post build() {
            ThreadNode.Post node = new ThreadNode.Post(
                    view, depth, replies.stream().map(Supplier::get).toList());
            built = node;
            return node;
        }

        ThreadNode built() {
            return Objects.requireNonNull(built, "built");
        }
    }

    /** Builds the tree from its leaves. */
    private ThreadNode.Post build() {
        for (int i = drafts.size() - 1; i > 0; i--) {
            drafts.get(i).build();
        }
        return drafts.get(0).build();
    }

    /** A post with its view, which contains the replies that the server has returned. */
    private record Returned(Draft post, ThreadViewPost view) {}

    private void addReplies(Draft top, ThreadViewPost view) {
        Deque<Returned> pending = new ArrayDeque<>(List.of(new Returned(top, view)));
        while (!pending.isEmpty() && complete) {
            Returned next = pending.pop();
            List<RepliesItem> replies = next.view().replies();
            Draft post = next.post();
            if (replies != null) {
                replies.forEach(reply -> add(post, reply, pending));
            } else if (post != top && hasReplies(post.view) && post.depth < options.depth()) {
                cut.add(post);
            }
        }
    }

    private void add(Draft parent, RepliesItem reply, Deque<Returned> pending) {
        int depth = parent.depth + 1;
        if (reply instanceof RepliesItem.FeedThreadViewPost post) {
            if (admit(post.value().post().uri())) {
                Draft draft = new Draft(post.value().post(), depth);
                parent.replies.add(draft::built);
                drafts.add(draft);
                pending.push(new Returned(draft, post.value()));
            }
        } else if (reply instanceof RepliesItem.NotFoundPost gap
                && admit(gap.value().uri())) {
            ThreadNode node = notFound(gap.value(), depth);
            parent.replies.add(() -> node);
        } else if (reply instanceof RepliesItem.BlockedPost gap
                && admit(gap.value().uri())) {
            ThreadNode node = blocked(gap.value(), depth);
            parent.replies.add(() -> node);
        }
    }

    private static boolean hasReplies(PostView post) {
        return post.replyCount() != null && post.replyCount() > 0;
    }

    /** Returns whether a node is new and there is room for it. */
    private boolean admit(AtUri uri) {
        if (seen.contains(uri)) {
            return false;
        }
        if (seen.size() >= options.maxPosts()) {
            complete = false;
            return false;
        }
        return seen.add(uri);
    }

    private void expand(Draft post) {
        ThreadViewPost view = fetchIfVisible(post.view.uri(), Math.min(LEVELS, options.depth() - post.depth), 0);
        if (view != null) {
            addReplies(post, view);
        }
    }

    private static ThreadNode notFound(NotFoundPost post, int depth) {
        return new ThreadNode.NotFound(post.uri(), depth);
    }

    private static ThreadNode blocked(BlockedPost post, int depth) {
        return new ThreadNode.Blocked(post.uri(), depth, post.author().did());
    }

    /** Fetches a post, or returns null if it was deleted or blocked since it was first seen. */
    private @Nullable ThreadViewPost fetchIfVisible(AtUri post, int depth, int parents) {
        try {
            return fetch(post, depth, parents);
        } catch (PostUnavailableException e) {
            return null;
        }
    }

    private ThreadViewPost fetch(AtUri post, int depth, int parents) {
        GetPostThread.Output.Thread thread;
        try {
            thread = client.call(
                            GetPostThread.QUERY,
                            p -> p.uri(post).depth((long) depth).parentHeight((long) parents))
                    .thread();
        } catch (XrpcResponseException e) {
            if (e.is(GetPostThread.ERROR_NOT_FOUND)) {
                throw new PostUnavailableException("readThread", post, Reason.NOT_FOUND, e);
            }
            throw e;
        }
        if (thread instanceof GetPostThread.Output.Thread.ThreadViewPost visible) {
            return visible.value();
        }
        boolean blocked = thread instanceof GetPostThread.Output.Thread.BlockedPost;
        throw new PostUnavailableException("readThread", post, blocked ? Reason.BLOCKED : Reason.NOT_FOUND, null);
    }
}
