package dev.atlex.bluesky.moderation;

import dev.atlex.bluesky.moderation.Behavior.Effect;
import dev.atlex.bluesky.moderation.ModerationCause.BlockedBy;
import dev.atlex.bluesky.moderation.ModerationCause.Blocking;
import dev.atlex.bluesky.moderation.ModerationCause.Hidden;
import dev.atlex.bluesky.moderation.ModerationCause.Labeled;
import dev.atlex.bluesky.moderation.ModerationCause.Muted;
import dev.atlex.bluesky.moderation.ModerationCause.MutedWords;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The decision on how to show a subject to a viewer. {@link #ui} applies it to a context. Immutable. */
public final class ModerationDecision {
    private static final Comparator<ModerationCause> BY_PRIORITY = Comparator.comparingInt(ModerationCause::priority);

    private final boolean own;
    private final List<ModerationCause> causes;

    ModerationDecision(boolean own, List<ModerationCause> causes) {
        this.own = own;
        this.causes = List.copyOf(causes);
    }

    /**
     * Returns whether the subject is the viewer's own. Mutes, blocks and muted words have no effect on it. A label
     * never removes it from a list, and can always be overridden.
     */
    public boolean own() {
        return own;
    }

    /** Returns all causes, including those without an effect on the viewer's own subjects. */
    public List<ModerationCause> causes() {
        return causes;
    }

    /**
     * Returns whether the viewer blocks the author of the subject or of the post that it quotes, or is blocked by that
     * author.
     */
    public boolean blocked() {
        return causes.stream().anyMatch(cause -> cause instanceof Blocking || cause instanceof BlockedBy);
    }

    /** Returns whether the viewer mutes the author of the subject, or of the post that it quotes. */
    public boolean muted() {
        return causes.stream().anyMatch(Muted.class::isInstance);
    }

    /** Returns the labels that have an effect. */
    public List<Labeled> labels() {
        return causes.stream()
                .filter(Labeled.class::isInstance)
                .map(Labeled.class::cast)
                .toList();
    }

    /** Returns how to show the subject in a context. */
    public ModerationUi ui(ModerationContext context) {
        List<ModerationCause> filters = new ArrayList<>();
        List<ModerationCause> blurs = new ArrayList<>();
        List<ModerationCause> alerts = new ArrayList<>();
        List<ModerationCause> informs = new ArrayList<>();
        boolean noOverride = false;
        for (ModerationCause cause : causes) {
            if (own && !(cause instanceof Labeled || cause instanceof Hidden)) {
                continue;
            }
            if (filters(cause, context)) {
                filters.add(cause);
            }
            Effect effect = cause.inQuote() ? null : effect(cause, context);
            if (effect == Effect.BLUR) {
                blurs.add(cause);
                noOverride |= !own && !canOverride(cause);
            } else if (effect == Effect.ALERT) {
                alerts.add(cause);
            } else if (effect == Effect.INFORM) {
                informs.add(cause);
            }
        }
        filters.sort(BY_PRIORITY);
        blurs.sort(BY_PRIORITY);
        return new ModerationUi(filters, blurs, alerts, informs, noOverride);
    }

    private boolean filters(ModerationCause cause, ModerationContext context) {
        boolean content = context == ModerationContext.CONTENT_LIST;
        if (!content && context != ModerationContext.PROFILE_LIST) {
            return false;
        }
        if (cause instanceof Labeled label) {
            return label.setting() == LabelSetting.HIDE
                    && !own
                    && (label.target() == LabelTarget.ACCOUNT || content && label.target() == LabelTarget.CONTENT);
        }
        return content || !(cause instanceof MutedWords);
    }

    private static @Nullable Effect effect(ModerationCause cause, ModerationContext context) {
        if (cause instanceof Labeled label) {
            return label.effect(context);
        }
        if (cause instanceof Muted) {
            return Behavior.MUTE.in(context);
        }
        return (cause instanceof Hidden || cause instanceof MutedWords ? Behavior.HIDE : Behavior.BLOCK).in(context);
    }

    private static boolean canOverride(ModerationCause cause) {
        return cause instanceof Labeled label
                ? !label.noOverride()
                : !(cause instanceof Blocking || cause instanceof BlockedBy);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ModerationDecision that && own == that.own && causes.equals(that.causes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(own, causes);
    }

    @Override
    public String toString() {
        return "ModerationDecision[" + (own ? "own, " : "") + "causes=" + causes + "]";
    }
}
