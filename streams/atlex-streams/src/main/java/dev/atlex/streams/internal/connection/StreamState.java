package dev.atlex.streams.internal.connection;

/** The states of a stream. {@link StreamMachine} describes the transitions. */
public enum StreamState {
    /** Another process consumes the stream, or the cursor isn't loaded yet. */
    STANDBY,
    /** The handshake is in progress. */
    CONNECTING,
    /** Events may arrive. */
    OPEN,
    /** Waiting before the next attempt. */
    BACKING_OFF,
    /** The stream has failed, and consumers are handling the remaining events. */
    DRAINING,
    /** The final state. */
    CLOSED
}
