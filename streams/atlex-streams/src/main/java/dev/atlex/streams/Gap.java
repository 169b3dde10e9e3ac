package dev.atlex.streams;

/** Determines how a stream continues if the server can't resume at the cursor; see {@link StreamGap}. */
public enum Gap {
    /**
     * Continues without the lost events: at the server's oldest event if the cursor is too old, and at the newest one
     * if the cursor is in the future.
     */
    CONTINUE,
    /** Ends the stream with a {@link StreamGapException}, after the events before the gap are handled. */
    STOP,
    /** Continues at the oldest event that the server has. Events may be delivered again. */
    OLDEST
}
