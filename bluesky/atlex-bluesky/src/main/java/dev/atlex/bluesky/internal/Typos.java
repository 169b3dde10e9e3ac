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

    /**
     * Checks a value that a caller set.
     *
     * @param name the name of the setting, for the message
     * @param value the value, or null if it isn't set
     * @throws IllegalArgumentException if the value looks like a misspelled known one
     */
    public static void check(String name, @Nullable String value, Collection<String> known) {
        String meant = value == null ? null : meant(value, known);
        if (meant != null) {
            throw new IllegalArgumentException(
                    name + ": unknown value (got \"" + value + "\"); did you mean \"" + meant + "\"?");
        }
    }

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
