package dev.atlex.streams;

/** Determines what a stream does with an event whose handler failed; see {@link StreamOptions.Builder#onFailure}. */
public enum Failure {
    /** Calls the handler again, after a pause that grows from 0.1 to 30 seconds. */
    RETRY,
    /** Reports the event to {@link StreamOptions.Builder#onSkipped} and treats it as finished. */
    SKIP,
    /** Ends the stream. The event isn't finished, so it is delivered again after a restart. */
    STOP
}
