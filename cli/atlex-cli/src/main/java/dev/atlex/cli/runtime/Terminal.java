package dev.atlex.cli.runtime;

import org.jspecify.annotations.Nullable;

/** A terminal that a person uses. */
public interface Terminal {
    /** Prompts for a line and returns it, or null at the end of the input. */
    @Nullable
    String readLine(String prompt);

    /** Like {@link #readLine}, but doesn't show the typed characters. */
    @Nullable
    String readPassword(String prompt);
}
