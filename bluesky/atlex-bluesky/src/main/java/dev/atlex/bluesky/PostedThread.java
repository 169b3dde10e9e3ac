package dev.atlex.bluesky;

import dev.atlex.syntax.Handle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A thread that was created, or that already existed under its key. */
public final class PostedThread {
    private final List<Posted> posts;

    /**
     * Creates a result.
     *
     * @param posts the posts in reading order, at least one
     */
    public PostedThread(List<Posted> posts) {
        if (posts.isEmpty()) {
            throw new IllegalArgumentException("PostedThread: expected at least one post (got none)");
        }
        this.posts = List.copyOf(posts);
    }

    /** Returns the posts in reading order, at least one. */
    public List<Posted> posts() {
        return posts;
    }

    /** Returns the first post. */
    public Posted first() {
        return posts.get(0);
    }

    /** Returns the last post. To continue the thread, reply to this post. */
    public Posted last() {
        return posts.get(posts.size() - 1);
    }

    /**
     * Returns whether this call created the thread. False if it already existed under its {@link ThreadOptions#key}.
     */
    public boolean created() {
        return first().created();
    }

    /** Returns the handles mentioned in any of the posts that belong to no account or couldn't be looked up. */
    public List<Handle> unresolvedMentions() {
        return posts.stream()
                .flatMap(post -> post.unresolvedMentions().stream())
                .distinct()
                .toList();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PostedThread that && posts.equals(that.posts);
    }

    @Override
    public int hashCode() {
        return posts.hashCode();
    }

    @Override
    public String toString() {
        return "PostedThread" + posts;
    }
}
