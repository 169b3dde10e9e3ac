package dev.atlex.streams;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The positions of a Tap in the streams that it follows. Immutable. */
public final class TapCursors {
    private final OptionalLong firehose;
    private final @Nullable String listRepos;

    TapCursors(OptionalLong firehose, @Nullable String listRepos) {
        this.firehose = firehose;
        this.listRepos = listRepos;
    }

    /** Returns the last sequence number of the firehose, or empty if the Tap doesn't follow one. */
    public OptionalLong firehose() {
        return firehose;
    }

    /** Returns the cursor of the enumeration of repositories, or null if the Tap doesn't enumerate them. */
    public @Nullable String listRepos() {
        return listRepos;
    }

    @Override
    public String toString() {
        return "TapCursors[firehose "
                + (firehose.isPresent() ? String.valueOf(firehose.getAsLong()) : "none") + ", listRepos " + listRepos
                + "]";
    }
}
