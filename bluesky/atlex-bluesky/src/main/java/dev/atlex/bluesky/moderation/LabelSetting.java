package dev.atlex.bluesky.moderation;

import org.jspecify.annotations.Nullable;

/** A viewer's choice for subjects with a label. */
public enum LabelSetting {
    /** The label has no effect. */
    IGNORE,
    /** The subject is shown behind a warning, or with a notice. */
    WARN,
    /** The subject is left out of lists, and shown behind a warning elsewhere. */
    HIDE;

    /**
     * Returns the setting for the {@code visibility} of a stored preference. The older {@code show} means
     * {@link #IGNORE}. Unknown values mean {@link #WARN}. Returns null for an empty or missing value.
     */
    static @Nullable LabelSetting parse(@Nullable String visibility) {
        if (visibility == null || visibility.isEmpty()) {
            return null;
        }
        return switch (visibility) {
            case "hide" -> HIDE;
            case "ignore", "show" -> IGNORE;
            default -> WARN;
        };
    }
}
