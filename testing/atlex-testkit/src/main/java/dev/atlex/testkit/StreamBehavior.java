package dev.atlex.testkit;

import dev.atlex.testkit.internal.sync.StreamHub;
import dev.atlex.testkit.internal.sync.StreamSettings;
import java.time.Duration;
import java.util.Objects;

/**
 * Controls an event stream of a local server, and injects the failures that event streams have.
 *
 * <p>Settings apply to all consumers until {@link #reset()}. Actions such as {@link #dropConnections} happen once.
 * Thread-safe.
 *
 * @param <B> the type of this object, which the setters return
 */
public abstract class StreamBehavior<B extends StreamBehavior<B>> {
    private final String name;
    private final StreamHub<?> hub;
    private final StreamSettings settings;

    /** @param name the name of the stream, for messages */
    StreamBehavior(String name, StreamHub<?> hub) {
        this.name = name;
        this.hub = hub;
        this.settings = hub.settings();
    }

    /** Returns this object. */
    abstract B self();

    /** Closes all connections without a closing handshake, as when a network breaks. */
    public B dropConnections() {
        hub.abortAll();
        return self();
    }

    /**
     * Drops each connection after the given number of events. Initially 0, which means never.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public B dropAfter(int events) {
        settings.dropAfter = notNegative("dropAfter", events);
        return self();
    }

    /**
     * Starts a closing handshake on all connections.
     *
     * @param code a close code, such as 1001 for a server that is going away
     */
    public B closeConnections(int code, String reason) {
        hub.closeAll(code, Objects.requireNonNull(reason, "reason"));
        return self();
    }

    /**
     * While on, sends no events, but still responds to pings. The events that are held back are sent when it is turned
     * off.
     */
    public B stall(boolean on) {
        settings.stalled = on;
        hub.applySettings();
        return self();
    }

    /**
     * While on, sends nothing at all, not even pongs, although connections stay open. The events that are held back are
     * sent when it is turned off.
     */
    public B halfOpen(boolean on) {
        settings.silent = on;
        hub.applySettings();
        return self();
    }

    /** While on, sends each event twice. */
    public B duplicates(boolean on) {
        settings.duplicates = on;
        return self();
    }

    /**
     * Skips sequence numbers, as if that many events had been lost.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public B skipSequence(int events) {
        hub.skip(notNegative("skipSequence", events));
        return self();
    }

    /**
     * Forgets all events and restarts the sequence numbers at 1, like a server that has lost its database. Connections
     * stay open.
     */
    public B resetSequence() {
        hub.restart();
        return self();
    }

    /**
     * Limits how many events are kept for consumers with a cursor. Initially 10,000. A consumer with an older cursor
     * receives the error or the notice that its protocol defines. Takes effect with the next event.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public B backfillLimit(int events) {
        settings.backfill = notNegative("backfillLimit", events);
        return self();
    }

    /**
     * Limits how many events a consumer may be behind. Initially 500, as on the reference PDS. A consumer that
     * exceeds the limit receives the error {@code ConsumerTooSlow} and is disconnected. A consumer that exceeds twice
     * the limit is disconnected without the error. The limit doesn't apply to a consumer with a cursor until it has
     * caught up.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public B slowConsumerLimit(int events) {
        settings.maxLag = notNegative("slowConsumerLimit", events);
        return self();
    }

    /**
     * Splits messages into frames of at most this size. Initially 0, which means one frame per message.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public B fragmentSize(int bytes) {
        settings.fragment = notNegative("fragmentSize", bytes);
        return self();
    }

    /** Sends an error to all consumers and closes their connections with code 1008. */
    public B fail(String error, String message) {
        hub.failAll(Objects.requireNonNull(error, "error"), Objects.requireNonNull(message, "message"));
        return self();
    }

    /** Returns the sequence number of the latest event, or 0 if there was none. */
    public long lastSeq() {
        return hub.log().lastSeq();
    }

    /** Returns the number of consumers that are connected. */
    public int connections() {
        return hub.connections();
    }

    /**
     * Waits until exactly that many consumers are connected.
     *
     * @param timeout the longest wait, in real time regardless of the server's clock
     * @throws AssertionError if the timeout elapses first
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public B awaitConnections(int count, Duration timeout) throws InterruptedException {
        if (!hub.awaitConnections(count, timeout.toNanos())) {
            throw new AssertionError("expected " + count + " consumers of " + name + " within " + timeout + " (got "
                    + hub.connections() + ")");
        }
        return self();
    }

    /** Restores the initial settings. Connections and events are kept. */
    public B reset() {
        settings.reset();
        hub.applySettings();
        return self();
    }

    private static int notNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must not be negative (got " + value + ")");
        }
        return value;
    }

    /** Returns a string that contains the current settings. */
    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + settings + "]";
    }
}
