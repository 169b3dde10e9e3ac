package dev.atlex.bluesky.moderation;

import app.bsky.actor.ActorDefs.ViewerState;
import com.atproto.label.LabelDefs.Label;
import dev.atlex.bluesky.moderation.LabelDefinition.Flag;
import dev.atlex.bluesky.moderation.ModerationCause.BlockedBy;
import dev.atlex.bluesky.moderation.ModerationCause.Blocking;
import dev.atlex.bluesky.moderation.ModerationCause.Hidden;
import dev.atlex.bluesky.moderation.ModerationCause.Labeled;
import dev.atlex.bluesky.moderation.ModerationCause.Muted;
import dev.atlex.bluesky.moderation.ModerationCause.MutedWords;
import dev.atlex.syntax.Did;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects the causes of one decision. The order is upstream's: the subject, the quoted post, the account, the profile.
 */
final class Causes {
    private static final String PROFILE = "/app.bsky.actor.profile/self";
    private static final String SIGNED_IN_ONLY = "!no-unauthenticated";
    private static final ModerationSource USER = new ModerationSource.User();

    private final @Nullable Did viewer;
    private final ModerationPreferences preferences;
    private final LabelDefinitions definitions;
    private final List<ModerationCause> causes = new ArrayList<>();

    Causes(@Nullable Did viewer, ModerationPreferences preferences, LabelDefinitions definitions) {
        this.viewer = viewer;
        this.preferences = preferences;
        this.definitions = definitions;
    }

    ModerationDecision decide(@Nullable Did author) {
        return new ModerationDecision(author != null && author.equals(viewer), causes);
    }

    void hidden() {
        causes.add(new Hidden(USER, false));
    }

    void mutedWords(List<MutedWordMatch> matches) {
        if (!matches.isEmpty()) {
            causes.add(new MutedWords(USER, false, matches));
        }
    }

    /** Adds everything about an account, and about its profile. */
    void account(Account account, boolean inQuote) {
        relations(account.viewer(), inQuote);
        for (Label label : account.labels()) {
            // Accounts put this label on their profiles, but it applies to the whole account.
            if (!label.uri().endsWith(PROFILE) || label.val().equals(SIGNED_IN_ONLY)) {
                label(LabelTarget.ACCOUNT, label, account.did(), inQuote);
            }
        }
        for (Label label : account.labels()) {
            if (label.uri().endsWith(PROFILE)) {
                label(LabelTarget.PROFILE, label, account.did(), inQuote);
            }
        }
    }

    /** Adds the viewer's mutes and blocks of an account, and the account's block of the viewer. */
    void relations(@Nullable ViewerState state, boolean inQuote) {
        if (state == null) {
            return;
        }
        if (Boolean.TRUE.equals(state.muted())) {
            ModerationSource source =
                    state.mutedByList() == null ? USER : new ModerationSource.UserList(state.mutedByList());
            causes.add(new Muted(source, inQuote));
        }
        if (state.blocking() != null) {
            ModerationSource source =
                    state.blockingByList() == null ? USER : new ModerationSource.UserList(state.blockingByList());
            causes.add(new Blocking(source, inQuote));
        }
        if (Boolean.TRUE.equals(state.blockedBy())) {
            causes.add(new BlockedBy(USER, inQuote));
        }
    }

    void content(List<Label> labels, @Nullable Did author, boolean inQuote) {
        for (Label label : labels) {
            label(LabelTarget.CONTENT, label, author, inQuote);
        }
    }

    private void label(LabelTarget target, Label label, @Nullable Did author, boolean inQuote) {
        LabelDefinition definition = definitions.find(label.src(), label.val());
        boolean self = label.src().equals(author);
        if (definition == null
                || (self
                        ? definition.has(Flag.NO_SELF)
                        : !preferences.labelers().contains(label.src()))
                || viewer != null && definition.has(Flag.SIGNED_OUT)) {
            return;
        }
        LabelSetting setting = setting(definition, self ? null : label.src());
        if (setting != LabelSetting.IGNORE) {
            ModerationSource source = self ? USER : new ModerationSource.Labeler(label.src());
            causes.add(new Labeled(source, inQuote, label, definition, target, setting, preferences.adultContent()));
        }
    }

    private LabelSetting setting(LabelDefinition definition, @Nullable Did labeler) {
        if (!definition.configurable()) {
            return definition.defaultSetting();
        }
        if (definition.adultOnly() && !preferences.adultContent()) {
            return LabelSetting.HIDE;
        }
        return Objects.requireNonNullElse(
                preferences.setting(definition.identifier(), labeler), definition.defaultSetting());
    }
}
