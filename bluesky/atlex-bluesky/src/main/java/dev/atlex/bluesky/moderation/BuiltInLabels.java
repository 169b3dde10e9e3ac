package dev.atlex.bluesky.moderation;

import static dev.atlex.bluesky.moderation.LabelDefinition.Flag.ADULT;
import static dev.atlex.bluesky.moderation.LabelDefinition.Flag.NO_OVERRIDE;
import static dev.atlex.bluesky.moderation.LabelDefinition.Flag.NO_SELF;
import static dev.atlex.bluesky.moderation.LabelDefinition.Flag.SIGNED_OUT;
import static dev.atlex.bluesky.moderation.ModerationContext.AVATAR;
import static dev.atlex.bluesky.moderation.ModerationContext.BANNER;
import static dev.atlex.bluesky.moderation.ModerationContext.CONTENT_LIST;
import static dev.atlex.bluesky.moderation.ModerationContext.CONTENT_MEDIA;
import static dev.atlex.bluesky.moderation.ModerationContext.CONTENT_VIEW;
import static dev.atlex.bluesky.moderation.ModerationContext.DISPLAY_NAME;
import static dev.atlex.bluesky.moderation.ModerationContext.PROFILE_LIST;
import static dev.atlex.bluesky.moderation.ModerationContext.PROFILE_VIEW;

import dev.atlex.bluesky.moderation.Behavior.Effect;
import dev.atlex.bluesky.moderation.LabelDefinition.Flag;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The label values that every client knows. They mean the same for all labelers and authors. */
final class BuiltInLabels {
    private static final Map<String, LabelDefinition> ALL = new HashMap<>();

    static {
        system("!hide", LabelSetting.HIDE, "alert", true, EnumSet.of(NO_OVERRIDE, NO_SELF));
        system("!warn", LabelSetting.WARN, "none", false, EnumSet.of(NO_SELF));
        system("!no-unauthenticated", LabelSetting.HIDE, "none", true, EnumSet.of(NO_OVERRIDE, SIGNED_OUT));
        media("porn", LabelSetting.HIDE, EnumSet.of(ADULT));
        media("sexual", LabelSetting.WARN, EnumSet.of(ADULT));
        media("nudity", LabelSetting.IGNORE, EnumSet.noneOf(Flag.class));
        media("graphic-media", LabelSetting.WARN, EnumSet.of(ADULT));
        media("gore", LabelSetting.WARN, EnumSet.of(ADULT)); // the older name of graphic-media
    }

    private BuiltInLabels() {}

    static @Nullable LabelDefinition find(String value) {
        return ALL.get(value);
    }

    private static void system(
            String value, LabelSetting setting, String severity, boolean hidesName, Set<Flag> flags) {
        Behavior account =
                Behavior.NONE.with(Effect.BLUR, PROFILE_LIST, PROFILE_VIEW, AVATAR, BANNER, CONTENT_LIST, CONTENT_VIEW);
        Map<LabelTarget, Behavior> behaviors = Map.of(
                LabelTarget.ACCOUNT,
                hidesName ? account.with(Effect.BLUR, DISPLAY_NAME) : account,
                LabelTarget.PROFILE,
                Behavior.NONE.with(Effect.BLUR, AVATAR, BANNER, DISPLAY_NAME),
                LabelTarget.CONTENT,
                Behavior.NONE.with(Effect.BLUR, CONTENT_LIST, CONTENT_VIEW));
        ALL.put(value, new LabelDefinition(value, false, setting, severity, "content", flags, behaviors));
    }

    private static void media(String value, LabelSetting setting, Set<Flag> flags) {
        Behavior images = Behavior.NONE.with(Effect.BLUR, AVATAR, BANNER);
        Map<LabelTarget, Behavior> behaviors = Map.of(
                LabelTarget.ACCOUNT,
                images,
                LabelTarget.PROFILE,
                images,
                LabelTarget.CONTENT,
                Behavior.NONE.with(Effect.BLUR, CONTENT_MEDIA));
        ALL.put(value, new LabelDefinition(value, true, setting, "none", "media", flags, behaviors));
    }
}
