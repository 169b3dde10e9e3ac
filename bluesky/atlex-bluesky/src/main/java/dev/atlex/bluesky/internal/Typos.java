package dev.atlex.bluesky.internal;

import dev.atlex.data.internal.EditDistance;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds typos in values of open sets. A service may add values at any time, so unknown values are allowed. But a
 * misspelled one would silently match nothing.
 */
public final class Typos {
    private Typos() {}

    /** Returns the known value that was probably meant, or null if the value is known, or doesn't resemble any. */
    public static @Nullable String meant(String value, Collection<String> known) {
        if (known.contains(value)) {
            return null;
        }
        String text = value.strip().toLowerCase(Locale.ROOT);
        for (String candidate : known) {
            int allowed = candidate.length() < 5 ? 1 : 2;
            if (EditDistance.within(allowed, text, candidate) <= allowed) {
                return candidate;
            }
        }
        return null;
    }
}
