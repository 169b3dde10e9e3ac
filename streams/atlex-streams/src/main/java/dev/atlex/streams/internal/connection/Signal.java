package dev.atlex.streams.internal.connection;

import dev.atlex.streams.StreamException;
import dev.atlex.streams.StreamGap;
import dev.atlex.streams.internal.socket.StreamSocket;
import org.jspecify.annotations.Nullable;

/** Reports a change of a connection to the stream's thread. Signals from older connections are ignored. */
sealed interface Signal {
    /** Returns the number of the connection. */
    int connection();

    /** The handshake succeeded. */
    record Opened(int connection, StreamSocket socket) implements Signal {}

    /** The handshake failed, or the connection has ended. */
    record Ended(int connection, StreamException cause) implements Signal {}

    /** The server sent an error frame, after which it closes the connection. */
    record ErrorFrame(
            int connection, String error, @Nullable String message) implements Signal {}

    /**
     * The next events don't continue from the cursor. The socket waits until the machine has decided what to do.
     *
     * @param proceed delivers the events from here on
     */
    record GapFound(int connection, StreamGap gap, Runnable proceed) implements Signal {}

    /** A programming or deployment error, such as a missing class, makes it impossible to decode frames. */
    record Broken(int connection, Error cause) implements Signal {}

    /** The user closes the stream. */
    record Close(int connection) implements Signal {}
}
