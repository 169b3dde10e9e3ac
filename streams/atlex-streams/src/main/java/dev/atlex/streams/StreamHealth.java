package dev.atlex.streams;

import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.streams.internal.connection.QueueState;
import dev.atlex.streams.internal.connection.StreamState;
import dev.atlex.streams.internal.connection.StreamStatus;
import dev.atlex.syntax.Datetime;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/** The state of a stream at one moment, for health checks and metrics. Immutable. */
public final class StreamHealth {
    private final StreamStatus status;
    private final QueueState queue;
    private final long skipped;
    private final Duration lag;
    private final Duration disconnectedFor;
    private final Duration delay;

    StreamHealth(StreamStatus status, QueueState queue, long skipped, long nanoTime, Instant now) {
        this.status = status;
        this.queue = queue;
        this.skipped = skipped;
        this.lag = queue.oldest() == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, nanoTime - queue.oldest()));
        boolean down = status.state() == StreamState.CONNECTING || status.state() == StreamState.BACKING_OFF;
        this.disconnectedFor =
                down ? Duration.ofNanos(Math.max(0, nanoTime - status.disconnectedSince())) : Duration.ZERO;
        this.delay = delay(queue, nanoTime, now);
    }

    private static Duration delay(QueueState queue, long nanoTime, Instant now) {
        String time = queue.newestTime();
        if (time == null || !Datetime.isValid(time)) {
            return Duration.ZERO;
        }
        try {
            Instant arrived = now.minusNanos(nanoTime - queue.newestArrived());
            Duration delay = Duration.between(Datetime.of(time).toInstant(), arrived);
            return delay.isNegative() ? Duration.ZERO : delay;
        } catch (InvalidSyntaxException e) {
            return Duration.ZERO; // a day that doesn't exist, such as February 30
        }
    }

    /** Returns whether the stream is connected. */
    public boolean connected() {
        return status.state() == StreamState.OPEN;
    }

    /** Returns how long the stream has been trying to connect; zero if it is connected, on standby or closed. */
    public Duration disconnectedFor() {
        return disconnectedFor;
    }

    /**
     * Returns whether the stream waits because another stream, usually in another process, holds the lease on the
     * cursor.
     */
    public boolean standby() {
        return status.state() == StreamState.STANDBY;
    }

    /** Returns whether the stream has ended. */
    public boolean closed() {
        return status.state() == StreamState.CLOSED;
    }

    /** Returns the time since the oldest unfinished event arrived; zero if all events are finished. */
    public Duration lag() {
        return lag;
    }

    /**
     * Returns how old the last event was when it arrived, by the clocks of the server and this machine; zero before the
     * first event. It is large while the stream catches up after a pause, even if handlers are fast.
     */
    public Duration delay() {
        return delay;
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

    /** Returns the number of events whose handlers have finished. */
    public long handled() {
        return queue.handled();
    }

    /** Returns how long the handlers of these events took in total, with retries and the pauses before them. */
    public Duration handlingTime() {
        return Duration.ofNanos(queue.handlingNanos());
    }

    /** Returns how often the connection was lost or couldn't be established. */
    public int reconnects() {
        return status.reconnects();
    }

    /** Returns the number of gaps. */
    public int gaps() {
        return status.gaps();
    }

    /** Returns the number of events that were skipped, and of frames that couldn't be decoded. */
    public long skipped() {
        return skipped;
    }

    @Override
    public String toString() {
        return "StreamHealth[" + status.state() + ", received " + queue.received() + ", position " + queue.position()
                + ", pending " + queue.pending() + " events and " + queue.bytes() + " bytes, lag " + lag
                + ", reconnects " + status.reconnects() + ", gaps " + status.gaps() + ", skipped " + skipped + "]";
    }
}
