package dev.atlex.streams;

/** What a stream does when the server can't continue at the cursor; see {@link StreamGap}. */
public enum Gap {
    /**
     * Continues without the lost events: at the server's oldest event if the cursor is too old, and at the newest one
     * if the cursor is in the future.
     */
    CONTINUE,
    /** Ends the stream with a {@link StreamGapException}, after the events that arrived before the gap. */
    STOP,
    /** Continues at the oldest event that the server has, so that events may arrive again. */
    OLDEST
}
