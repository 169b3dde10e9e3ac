package dev.atlex.bluesky.moderation;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How to show a subject in one context. Immutable. */
public final class ModerationUi {
    private final List<ModerationCause> filters;
    private final List<ModerationCause> blurs;
    private final List<ModerationCause> alerts;
    private final List<ModerationCause> informs;
    private final boolean noOverride;

    ModerationUi(
            List<ModerationCause> filters,
            List<ModerationCause> blurs,
            List<ModerationCause> alerts,
            List<ModerationCause> informs,
            boolean noOverride) {
        this.filters = List.copyOf(filters);
        this.blurs = List.copyOf(blurs);
        this.alerts = List.copyOf(alerts);
        this.informs = List.copyOf(informs);
        this.noOverride = noOverride;
    }

    /** Returns whether to leave the subject out of the list. */
    public boolean filter() {
        return !filters.isEmpty();
    }

    /** Returns whether to cover the subject. Unless {@link #noOverride}, the viewer may uncover it. */
    public boolean blur() {
        return !blurs.isEmpty();
    }

    /** Returns whether to add a warning. */
    public boolean alert() {
        return !alerts.isEmpty();
    }

    /** Returns whether to add a notice. */
    public boolean inform() {
        return !informs.isEmpty();
    }

    /** Returns whether the viewer can't uncover the subject. */
    public boolean noOverride() {
        return noOverride;
    }

    /** Returns the reasons to leave the subject out of the list, most important first. */
    public List<ModerationCause> filters() {
        return filters;
    }

    /** Returns the reasons to cover the subject, most important first. */
    public List<ModerationCause> blurs() {
        return blurs;
    }

    /** Returns the reasons for a warning, in no particular order. */
    public List<ModerationCause> alerts() {
        return alerts;
    }

    /** Returns the reasons for a notice, in no particular order. */
    public List<ModerationCause> informs() {
        return informs;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ModerationUi that
                && noOverride == that.noOverride
                && filters.equals(that.filters)
                && blurs.equals(that.blurs)
                && alerts.equals(that.alerts)
                && informs.equals(that.informs);
    }

    @Override
    public int hashCode() {
        return Objects.hash(noOverride, filters, blurs, alerts, informs);
    }

    @Override
    public String toString() {
        return "ModerationUi[filters=" + filters + ", blurs=" + blurs + ", alerts=" + alerts + ", informs=" + informs
                + ", noOverride=" + noOverride + "]";
    }
}
