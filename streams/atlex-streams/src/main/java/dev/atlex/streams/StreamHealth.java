package dev.atlex.streams;

import dev.atlex.streams.internal.connection.QueueState;
import dev.atlex.streams.internal.connection.StreamState;
import dev.atlex.streams.internal.connection.StreamThread;
import dev.atlex.syntax.Datetime;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/** The state of a stream at one moment, for health checks and metrics. Immutable. */
public final class StreamHealth {
    private final StreamState state;
    private final QueueState queue;
    private final int reconnects;
    private final int gaps;
    private final long skipped;
    private final Duration lag;
    private final Duration disconnectedFor;
    private final Duration delay;

    StreamHealth(StreamThread<?> stream, long skipped, long nanoTime, Instant now) {
        this.state = stream.state();
        this.queue = stream.queue().state();
        this.reconnects = stream.reconnects();
        this.gaps = stream.gaps();
        this.skipped = skipped;
        this.lag = queue.oldest() == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, nanoTime - queue.oldest()));
        boolean down = state == StreamState.CONNECTING || state == StreamState.BACKING_OFF;
        this.disconnectedFor =
                down ? Duration.ofNanos(Math.max(0, nanoTime - stream.disconnectedSince())) : Duration.ZERO;
        this.delay = delay(queue, nanoTime, now);
    }

    private static Duration delay(QueueState queue, long nanoTime, Instant now) {
        String time = queue.newestTime();
        if (time == null || !Datetime.isValid(time)) {
            return Duration.ZERO;
        }
        Instant arrived = now.minusNanos(nanoTime - queue.newestArrived());
        Duration delay = Duration.between(Datetime.of(time).toInstant(), arrived);
        return delay.isNegative() ? Duration.ZERO : delay;
    }

    /** Returns whether the stream is connected. */
    public boolean connected() {
        return state == StreamState.OPEN;
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
