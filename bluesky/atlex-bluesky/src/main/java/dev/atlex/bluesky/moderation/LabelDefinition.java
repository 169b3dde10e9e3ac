package dev.atlex.bluesky.moderation;

import static dev.atlex.bluesky.moderation.ModerationContext.AVATAR;
import static dev.atlex.bluesky.moderation.ModerationContext.BANNER;
import static dev.atlex.bluesky.moderation.ModerationContext.CONTENT_LIST;
import static dev.atlex.bluesky.moderation.ModerationContext.CONTENT_MEDIA;
import static dev.atlex.bluesky.moderation.ModerationContext.CONTENT_VIEW;
import static dev.atlex.bluesky.moderation.ModerationContext.PROFILE_LIST;
import static dev.atlex.bluesky.moderation.ModerationContext.PROFILE_VIEW;

import com.atproto.label.LabelDefs.LabelValueDefinition;
import com.atproto.label.LabelDefs.LabelValueDefinitionStrings;
import dev.atlex.bluesky.moderation.Behavior.Effect;
import dev.atlex.syntax.Did;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of a label value: built in, or defined by a labeler. Immutable.
 *
 * @see <a href="https://atproto.com/specs/label">Labels</a>
 */
public final class LabelDefinition {
    enum Flag {
        /** A viewer can't click through the warning. */
        NO_OVERRIDE,
        /** Hidden, without a way to click through, unless adult content is enabled. */
        ADULT,
        /** Applies to viewers who aren't signed in. */
        SIGNED_OUT,
        /** Has no effect if the author sets it. */
        NO_SELF
    }

    private final String identifier;
    private final @Nullable Did labeler;
    private final boolean configurable;
    private final LabelSetting defaultSetting;
    private final String severity;
    private final String blurs;
    private final Set<Flag> flags;
    private final Map<LabelTarget, Behavior> behaviors;
    private final List<LabelValueDefinitionStrings> locales;

    /** Creates a definition that is built in. */
    LabelDefinition(
            String identifier,
            boolean configurable,
            LabelSetting defaultSetting,
            String severity,
            String blurs,
            Set<Flag> flags,
            Map<LabelTarget, Behavior> behaviors) {
        this.identifier = identifier;
        this.labeler = null;
        this.configurable = configurable;
        this.defaultSetting = defaultSetting;
        this.severity = severity;
        this.blurs = blurs;
        this.flags = flags;
        this.behaviors = behaviors;
        this.locales = List.of();
    }

    private LabelDefinition(LabelValueDefinition definition, Did labeler) {
        boolean adult = Boolean.TRUE.equals(definition.adultOnly());
        this.identifier = definition.identifier();
        this.labeler = labeler;
        this.configurable = true;
        this.defaultSetting = defaultSetting(definition.defaultSetting());
        this.severity = definition.severity();
        this.blurs = definition.blurs();
        this.flags = adult ? EnumSet.of(Flag.NO_SELF, Flag.ADULT) : EnumSet.of(Flag.NO_SELF);
        this.behaviors = behaviors(severity, blurs, adult);
        this.locales = List.copyOf(definition.locales());
    }

    /** Returns the definition that a labeler has published. Unknown severities and blurs have no effect. */
    public static LabelDefinition of(LabelValueDefinition definition, Did labeler) {
        return new LabelDefinition(definition, labeler);
    }

    private static LabelSetting defaultSetting(@Nullable String setting) {
        return "hide".equals(setting)
                ? LabelSetting.HIDE
                : "ignore".equals(setting) ? LabelSetting.IGNORE : LabelSetting.WARN;
    }

    private static Map<LabelTarget, Behavior> behaviors(String severity, String blurs, boolean adult) {
        Effect notice = switch (severity) {
            case "alert" -> Effect.ALERT;
            case "inform" -> Effect.INFORM;
            default -> null;
        };
        Behavior profile = Behavior.NONE.with(notice, PROFILE_LIST, PROFILE_VIEW);
        Map<LabelTarget, Behavior> behaviors = new EnumMap<>(LabelTarget.class);
        switch (blurs) {
            case "content" -> {
                Effect view = adult ? Effect.BLUR : notice;
                behaviors.put(LabelTarget.ACCOUNT, content(profile, Effect.BLUR, view));
                behaviors.put(LabelTarget.PROFILE, profile);
                behaviors.put(LabelTarget.CONTENT, content(Behavior.NONE, Effect.BLUR, view));
            }
            case "media" -> {
                Behavior images = profile.with(Effect.BLUR, AVATAR, BANNER);
                behaviors.put(LabelTarget.ACCOUNT, images);
                behaviors.put(LabelTarget.PROFILE, images);
                behaviors.put(LabelTarget.CONTENT, Behavior.NONE.with(Effect.BLUR, CONTENT_MEDIA));
            }
            case "none" -> {
                behaviors.put(LabelTarget.ACCOUNT, content(profile, notice, notice));
                behaviors.put(LabelTarget.PROFILE, profile);
                behaviors.put(LabelTarget.CONTENT, content(Behavior.NONE, notice, notice));
            }
            default -> {
                // The label still has its effect on lists, if it is set to hide.
            }
        }
        return behaviors;
    }

    private static Behavior content(Behavior behavior, @Nullable Effect list, @Nullable Effect view) {
        return behavior.with(list, CONTENT_LIST).with(view, CONTENT_VIEW);
    }

    /** Returns the label value, such as {@code porn}. */
    public String identifier() {
        return identifier;
    }

    /** Returns the labeler that has defined the value, or null if the value is built in. */
    public @Nullable Did labeler() {
        return labeler;
    }

    /** Returns whether a viewer's preferences can change the effect. */
    public boolean configurable() {
        return configurable;
    }

    /** Returns the setting for viewers who haven't chosen one. */
    public LabelSetting defaultSetting() {
        return defaultSetting;
    }

    /** Returns {@code alert}, {@code inform}, {@code none}, or a newer value. */
    public String severity() {
        return severity;
    }

    /** Returns {@code content}, {@code media}, {@code none}, or a newer value. */
    public String blurs() {
        return blurs;
    }

    /** Returns whether the label is always set to hide unless the viewer has enabled adult content. */
    public boolean adultOnly() {
        return flags.contains(Flag.ADULT);
    }

    /** Returns the name and the description in each language. Empty for definitions that are built in. */
    public List<LabelValueDefinitionStrings> locales() {
        return locales;
    }

    boolean has(Flag flag) {
        return flags.contains(flag);
    }

    Behavior behavior(LabelTarget target) {
        return behaviors.getOrDefault(target, Behavior.NONE);
    }

    // The behaviors follow from the other fields.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LabelDefinition that
                && configurable == that.configurable
                && defaultSetting == that.defaultSetting
                && identifier.equals(that.identifier)
                && Objects.equals(labeler, that.labeler)
                && severity.equals(that.severity)
                && blurs.equals(that.blurs)
                && flags.equals(that.flags)
                && locales.equals(that.locales);
    }

    @Override
    public int hashCode() {
        return Objects.hash(configurable, defaultSetting, identifier, labeler, severity, blurs, flags, locales);
    }

    @Override
    public String toString() {
        return "LabelDefinition[" + identifier + (labeler == null ? "" : " of " + labeler) + "]";
    }
}
