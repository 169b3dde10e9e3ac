package dev.atlex.cli;

import org.jspecify.annotations.Nullable;

/** Where a person sits. */
interface Terminal {
    /** Asks for a line; null where there is none to come. */
    @Nullable
    String readLine(String prompt);

    /** As {@link #readLine}, without showing what is typed. */
    @Nullable
    String readPassword(String prompt);
}
