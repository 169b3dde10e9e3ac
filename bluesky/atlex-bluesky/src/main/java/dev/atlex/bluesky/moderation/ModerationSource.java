package dev.atlex.bluesky.moderation;

import app.bsky.graph.GraphDefs.ListViewBasic;
import dev.atlex.syntax.Did;

/** The user, list or labeler behind a {@link ModerationCause}. */
public sealed interface ModerationSource {
    /** A person. This is the viewer for mutes, blocks and hidden posts, and otherwise the author of the subject. */
    record User() implements ModerationSource {
        @Override
        public String toString() {
            return "User";
        }
    }

    /**
     * A list of accounts that the viewer mutes or blocks.
     *
     * @param list the list, with its name
     */
    record UserList(ListViewBasic list) implements ModerationSource {
        /** Returns the list's URI. */
        @Override
        public String toString() {
            return "UserList[" + list.uri() + "]";
        }
    }

    /**
     * A labeler that the viewer subscribes to, or that the app uses for all viewers.
     *
     * @param did the labeler's account
     */
    record Labeler(Did did) implements ModerationSource {}
}
