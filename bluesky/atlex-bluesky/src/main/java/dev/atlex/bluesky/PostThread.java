package dev.atlex.bluesky;

import app.bsky.feed.FeedDefs.PostView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The thread around a post: the chain of posts above it, and the tree of replies below it.
 *
 * <p>Threads may be thousands of posts deep. {@link #nodes} and {@link #posts} visit all of them without recursion. Two
 * threads are equal if they have the same posts and placeholders in the same places.
 */
public final class PostThread {
    private final List<ThreadNode> parents;
    private final ThreadNode.Post post;
    private final boolean complete;

    /**
     * Creates a thread.
     *
     * @param parents the nodes above the post, starting with the first post of the thread
     * @param complete false if posts are missing because of {@link ReadThreadOptions#maxPosts}
     */
    public PostThread(List<? extends ThreadNode> parents, ThreadNode.Post post, boolean complete) {
        this.parents = List.copyOf(parents);
        this.post = Objects.requireNonNull(post, "post");
        this.complete = complete;
    }

    /** Returns the post that the thread was read for. */
    public ThreadNode.Post post() {
        return post;
    }

    /**
     * Returns the posts above the post, starting with the first post of the thread. If one of them is deleted or
     * blocked, the list starts with that one.
     */
    public List<ThreadNode> parents() {
        return parents;
    }

    /** Returns the topmost node: the first of the parents, or the post itself. */
    public ThreadNode top() {
        return parents.isEmpty() ? post : parents.get(0);
    }

    /**
     * Returns whether everything within the requested depth was read. False means that the thread has more posts than
     * {@link ReadThreadOptions#maxPosts}.
     */
    public boolean complete() {
        return complete;
    }

    /**
     * Returns all nodes: the parents from the top, then the post, then the replies, each followed by its own replies.
     */
    public List<ThreadNode> nodes() {
        List<ThreadNode> nodes = new ArrayList<>(parents);
        Deque<ThreadNode> next = new ArrayDeque<>(List.of(post));
        while (!next.isEmpty()) {
            ThreadNode node = next.pop();
            nodes.add(node);
            if (node instanceof ThreadNode.Post visited) {
                for (int i = visited.replies().size() - 1; i >= 0; i--) {
                    next.push(visited.replies().get(i));
                }
            }
        }
        return nodes;
    }

    /** Returns all posts in the order of {@link #nodes}, without those that are deleted or blocked. */
    public List<PostView> posts() {
        return nodes().stream()
                .filter(node -> node instanceof ThreadNode.Post)
                .map(node -> ((ThreadNode.Post) node).view())
                .toList();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PostThread that
                && complete == that.complete
                && parents.size() == that.parents.size()
                && contents().equals(that.contents());
    }

    @Override
    public int hashCode() {
        return Objects.hash(complete, parents.size(), contents());
    }

    /**
     * Returns the content of each node. The numbers of replies, in the order of {@link #nodes}, determine the tree.
     * Comparing the trees themselves would take recursion, and a deep thread would overflow the stack.
     */
    private List<Object> contents() {
        return nodes().stream().map(PostThread::content).toList();
    }

    private static Object content(ThreadNode node) {
        if (node instanceof ThreadNode.Post post) {
            return List.of(post.depth(), post.view(), post.replies().size());
        }
        return node instanceof ThreadNode.Blocked blocked
                ? List.of(blocked.depth(), blocked.uri(), blocked.author())
                : List.of(node.depth(), node.uri());
    }

    @Override
    public String toString() {
        return "PostThread[" + post.uri() + ", parents=" + parents.size() + ", replies="
                + post.replies().size() + ", complete=" + complete + "]";
    }
}
