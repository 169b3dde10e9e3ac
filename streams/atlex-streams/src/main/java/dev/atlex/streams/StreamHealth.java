package dev.atlex.streams;

import dev.atlex.streams.internal.connection.QueueState;
import dev.atlex.streams.internal.connection.StreamState;
import dev.atlex.streams.internal.connection.StreamThread;
import java.time.Duration;
import java.util.OptionalLong;

/** The state of a stream at one moment, for health checks and metrics. Immutable. */
public final class StreamHealth {
    private final StreamState state;
    private final QueueState queue;
    private final int reconnects;
    private final int gaps;
    private final long skipped;
    private final Duration lag;

    StreamHealth(StreamThread<?> stream, long skipped, long nanoTime) {
        this.state = stream.state();
        this.queue = stream.queue().state();
        this.reconnects = stream.reconnects();
        this.gaps = stream.gaps();
        this.skipped = skipped;
        this.lag = queue.oldest() == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, nanoTime - queue.oldest()));
    }

    /** Returns whether the stream is connected. */
    public boolean connected() {
        return state == StreamState.OPEN;
    }

    /**
     * Returns whether the stream waits because another stream, usually in another process, holds the lease on the
     * cursor.
     */
    public boolean standby() {
        return state == StreamState.STANDBY;
    }

    /** Returns whether the stream has ended. */
    public boolean closed() {
        return state == StreamState.CLOSED;
    }

    /** Returns the time since the oldest unfinished event arrived; zero if all events are finished. */
    public Duration lag() {
        return lag;
    }

    /** Returns the number of events that have arrived, including those that a filter excluded. */
    public long events() {
        return queue.events();
    }

    /** Returns the last sequence number that has arrived, or empty if none has. */
    public OptionalLong received() {
        return optional(queue.received());
    }

    /** Returns the position: the highest sequence number up to which all events are finished. */
    public OptionalLong position() {
        return optional(queue.position());
    }

    private static OptionalLong optional(long sequence) {
        return sequence < 0 ? OptionalLong.empty() : OptionalLong.of(sequence);
    }

    /** Returns the number of events that are queued or being handled. */
    public int pendingEvents() {
        return queue.pending();
    }

    /** Returns the total size of the events that are queued or being handled, in bytes. */
    public long pendingBytes() {
        return queue.bytes();
    }

    /** Returns how often the connection was lost or couldn't be established. */
    public int reconnects() {
        return reconnects;
    }

    /** Returns the number of gaps. */
    public int gaps() {
        return gaps;
    }

    /** Returns the number of events that were skipped, and of frames that couldn't be decoded. */
    public long skipped() {
        return skipped;
    }

    @Override
    public String toString() {
        return "StreamHealth[" + state + ", received " + queue.received() + ", position " + queue.position()
                + ", pending " + queue.pending() + " events and " + queue.bytes() + " bytes, lag " + lag
                + ", reconnects " + reconnects + ", gaps " + gaps + ", skipped " + skipped + "]";
    }
}
