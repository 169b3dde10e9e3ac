package dev.atlex.bluesky.moderation;

import com.atproto.label.LabelDefs.Label;
import dev.atlex.bluesky.moderation.LabelDefinition.Flag;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A reason to hide a subject, or to warn about it. */
public sealed interface ModerationCause {
    /** Returns the user, list or labeler behind this cause. */
    ModerationSource source();

    /**
     * Returns the rank among several causes, from 1 (the most important) to 8. Apps show the first cause in their
     * warnings.
     */
    int priority();

    /**
     * Returns whether the cause concerns a quoted post. Such a cause leaves the quoting post out of lists, but doesn't
     * blur it or add notices: those belong to the quoted post.
     */
    boolean inQuote();

    /** The viewer blocks the author, directly or through a list. */
    record Blocking(ModerationSource source, boolean inQuote) implements ModerationCause {
        @Override
        public int priority() {
            return 3;
        }
    }

    /** The author blocks the viewer. */
    record BlockedBy(ModerationSource source, boolean inQuote) implements ModerationCause {
        @Override
        public int priority() {
            return 4;
        }
    }

    /** The viewer mutes the author, directly or through a list. */
    record Muted(ModerationSource source, boolean inQuote) implements ModerationCause {
        @Override
        public int priority() {
            return 6;
        }
    }

    /** The viewer has hidden the post, or one that it quotes. */
    record Hidden(ModerationSource source, boolean inQuote) implements ModerationCause {
        @Override
        public int priority() {
            return 6;
        }
    }

    /**
     * The post, its media, its card or the post that it quotes contains a muted word.
     *
     * @param matches the words in the first of these that contains any
     */
    record MutedWords(ModerationSource source, boolean inQuote, List<MutedWordMatch> matches)
            implements ModerationCause {
        /** Copies the list. */
        public MutedWords {
            matches = List.copyOf(matches);
        }

        @Override
        public int priority() {
            return 6;
        }
    }

    /** A label on the account, the profile or the content. */
    final class Labeled implements ModerationCause {
        private final ModerationSource source;
        private final boolean inQuote;
        private final Label label;
        private final LabelDefinition definition;
        private final LabelTarget target;
        private final LabelSetting setting;
        private final boolean noOverride;
        private final int priority;

        Labeled(
                ModerationSource source,
                boolean inQuote,
                Label label,
                LabelDefinition definition,
                LabelTarget target,
                LabelSetting setting,
                boolean adultContent) {
            this.source = source;
            this.inQuote = inQuote;
            this.label = label;
            this.definition = definition;
            this.target = target;
            this.setting = setting;
            this.noOverride = definition.has(Flag.NO_OVERRIDE) || definition.adultOnly() && !adultContent;
            this.priority = noOverride ? 1 : setting == LabelSetting.HIDE ? 2 : priority(definition.behavior(target));
        }

        private static int priority(Behavior behavior) {
            if (behavior.blurs(ModerationContext.PROFILE_VIEW) || behavior.blurs(ModerationContext.CONTENT_VIEW)) {
                return 5;
            }
            return behavior.blurs(ModerationContext.CONTENT_LIST) || behavior.blurs(ModerationContext.CONTENT_MEDIA)
                    ? 7
                    : 8;
        }

        @Override
        public ModerationSource source() {
            return source;
        }

        @Override
        public int priority() {
            return priority;
        }

        @Override
        public boolean inQuote() {
            return inQuote;
        }

        /** Returns the label. */
        public Label label() {
            return label;
        }

        /** Returns the meaning of the label, with its name in several languages if a labeler has defined it. */
        public LabelDefinition definition() {
            return definition;
        }

        /** Returns the kind of subject that the label is attached to. */
        public LabelTarget target() {
            return target;
        }

        /** Returns the viewer's setting, never {@link LabelSetting#IGNORE}. */
        public LabelSetting setting() {
            return setting;
        }

        /** Returns whether the viewer can't click through the warning. */
        public boolean noOverride() {
            return noOverride;
        }

        Behavior.@Nullable Effect effect(ModerationContext context) {
            return definition.behavior(target).in(context);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Labeled that
                    && inQuote == that.inQuote
                    && noOverride == that.noOverride
                    && target == that.target
                    && setting == that.setting
                    && source.equals(that.source)
                    && label.equals(that.label)
                    && definition.equals(that.definition);
        }

        @Override
        public int hashCode() {
            return Objects.hash(inQuote, noOverride, target, setting, source, label, definition);
        }

        @Override
        public String toString() {
            return "Labeled[" + label.val() + " on " + target + ", setting=" + setting + ", source=" + source
                    + ", priority=" + priority + (noOverride ? ", noOverride" : "") + (inQuote ? ", inQuote" : "")
                    + "]";
        }
    }
}
