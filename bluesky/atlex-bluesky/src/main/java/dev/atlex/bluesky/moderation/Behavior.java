package dev.atlex.bluesky.moderation;

import static dev.atlex.bluesky.moderation.ModerationContext.AVATAR;
import static dev.atlex.bluesky.moderation.ModerationContext.BANNER;
import static dev.atlex.bluesky.moderation.ModerationContext.CONTENT_LIST;
import static dev.atlex.bluesky.moderation.ModerationContext.CONTENT_VIEW;
import static dev.atlex.bluesky.moderation.ModerationContext.PROFILE_LIST;
import static dev.atlex.bluesky.moderation.ModerationContext.PROFILE_VIEW;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The effect of a cause in each context. Immutable. */
final class Behavior {
    enum Effect {
        BLUR,
        ALERT,
        INFORM
    }

    static final Behavior NONE = new Behavior(Map.of());

    static final Behavior BLOCK = NONE.with(Effect.BLUR, PROFILE_LIST, AVATAR, BANNER, CONTENT_LIST, CONTENT_VIEW)
            .with(Effect.ALERT, PROFILE_VIEW);

    static final Behavior MUTE = NONE.with(Effect.BLUR, CONTENT_LIST)
            .with(Effect.ALERT, PROFILE_VIEW)
            .with(Effect.INFORM, PROFILE_LIST, CONTENT_VIEW);

    /** The behavior for muted words and hidden posts. */
    static final Behavior HIDE = NONE.with(Effect.BLUR, CONTENT_LIST, CONTENT_VIEW);

    private final Map<ModerationContext, Effect> effects;

    private Behavior(Map<ModerationContext, Effect> effects) {
        this.effects = effects;
    }

    /** Returns a copy with an effect in some contexts, or with none there if the effect is null. */
    Behavior with(@Nullable Effect effect, ModerationContext... contexts) {
        Map<ModerationContext, Effect> copy = new EnumMap<>(ModerationContext.class);
        copy.putAll(effects);
        for (ModerationContext context : contexts) {
            if (effect == null) {
                copy.remove(context);
            } else {
                copy.put(context, effect);
            }
        }
        return new Behavior(copy);
    }

    @Nullable
    Effect in(ModerationContext context) {
        return effects.get(context);
    }

    boolean blurs(ModerationContext context) {
        return in(context) == Effect.BLUR;
    }
}
