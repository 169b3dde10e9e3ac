package dev.atlex.bluesky;

import dev.atlex.syntax.AtUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rules for replies to a thread. Accounts that match one of them may reply, and the author always may. Without
 * rules, only the author may reply.
 *
 * <p>Bluesky stores the rules as a threadgate record beside the thread's first post, and hides replies that break them.
 *
 * @see NewPost.Builder#replies
 * @see app.bsky.feed.Threadgate
 */
public final class ReplyRules {
    /** Rules that allow only the author to reply. */
    public static final ReplyRules NOBODY = new Builder().build();

    private final boolean mentioned;
    private final boolean followers;
    private final boolean following;
    private final List<AtUri> lists;

    private ReplyRules(Builder builder) {
        this.mentioned = builder.mentioned;
        this.followers = builder.followers;
        this.following = builder.following;
        this.lists = List.copyOf(builder.lists);
    }

    /** Returns the rules that the function adds, such as {@code r -> r.mentioned().following()}. */
    public static ReplyRules of(Consumer<? super Builder> rules) {
        Builder builder = new Builder();
        rules.accept(builder);
        return builder.build();
    }

    /** Returns a builder that starts with these rules. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.mentioned = mentioned;
        builder.followers = followers;
        builder.following = following;
        builder.lists.addAll(lists);
        return builder;
    }

    /** Returns whether accounts that the post mentions may reply. */
    public boolean mentioned() {
        return mentioned;
    }

    /** Returns whether the author's followers may reply. */
    public boolean followers() {
        return followers;
    }

    /** Returns whether accounts that the author follows may reply. */
    public boolean following() {
        return following;
    }

    /** Returns the lists whose members may reply. */
    public List<AtUri> lists() {
        return lists;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReplyRules that
                && mentioned == that.mentioned
                && followers == that.followers
                && following == that.following
                && lists.equals(that.lists);
    }

    @Override
    public int hashCode() {
        return Objects.hash(mentioned, followers, following, lists);
    }

    @Override
    public String toString() {
        return "ReplyRules[mentioned=" + mentioned + ", followers=" + followers + ", following=" + following
                + ", lists=" + lists + "]";
    }

    /** Builds {@link ReplyRules}. Not thread-safe. */
    public static final class Builder {
        private boolean mentioned;
        private boolean followers;
        private boolean following;
        private final List<AtUri> lists = new ArrayList<>();

        private Builder() {}

        /** Lets accounts that the post mentions reply. */
        public Builder mentioned() {
            this.mentioned = true;
            return this;
        }

        /** Lets the author's followers reply. */
        public Builder followers() {
            this.followers = true;
            return this;
        }

        /** Lets accounts that the author follows reply. */
        public Builder following() {
            this.following = true;
            return this;
        }

        /** Lets members of a list reply. Repeatable. */
        public Builder list(AtUri list) {
            lists.add(list);
            return this;
        }

        /** Removes all rules, so that only the author may reply. */
        public Builder nobody() {
            mentioned = false;
            followers = false;
            following = false;
            lists.clear();
            return this;
        }

        /** Builds the rules. */
        public ReplyRules build() {
            return new ReplyRules(this);
        }
    }
}
