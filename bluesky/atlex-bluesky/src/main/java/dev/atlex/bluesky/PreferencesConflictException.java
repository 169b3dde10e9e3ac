package dev.atlex.bluesky;

import dev.atlex.data.LexException;

/**
 * Thrown when another app keeps overwriting a change to the preferences. The other app's version is now stored. Another
 * attempt may succeed later.
 *
 * @see Bluesky#updatePreferences
 */
public final class PreferencesConflictException extends LexException {
    private static final long serialVersionUID = 1L;

    private final int attempts;

    /** Creates an exception. */
    public PreferencesConflictException(int attempts) {
        super("updatePreferences: another app overwrote the change after each of " + attempts
                + " attempts; try again later");
        this.attempts = attempts;
    }

    /** Returns the number of attempts that were made. */
    public int attempts() {
        return attempts;
    }
}
