package dev.atlex.testkit;

import dev.atlex.testkit.internal.TapServer;
import dev.atlex.testkit.internal.tap.TapChannel;
import dev.atlex.testkit.internal.tap.TapOutbox;
import java.time.Duration;
import java.util.Objects;

/** Controls a {@link LocalTap}, and injects its failures. Thread-safe. */
public final class TapBehavior {
    private final TapOutbox outbox;
    private final TapChannel channel;
    private final TapServer server;

    TapBehavior(TapOutbox outbox, TapChannel channel, TapServer server) {
        this.outbox = outbox;
        this.channel = channel;
        this.server = server;
    }

    /**
     * Closes all connections without a closing handshake, as when a network breaks. Events that were sent and not
     * acknowledged stay in the outbox until {@link #redeliver}.
     */
    public TapBehavior dropConnections() {
        channel.abortAll();
        return this;
    }

    /**
     * While on, sends nothing at all, not even pongs, and receives nothing, although connections stay open. The events
     * that are held back are sent when it is turned off.
     */
    public TapBehavior halfOpen(boolean on) {
        channel.silence(on);
        return this;
    }

    /** While on, acknowledgments are lost in transit. */
    public TapBehavior loseAcknowledgments(boolean on) {
        outbox.loseAcknowledgments(on);
        return this;
    }

    /**
     * Sends all events again that were sent and not acknowledged. The real Tap does this after 60 s. This one has no
     * timeout.
     */
    public TapBehavior redeliver() {
        outbox.redeliver();
        return this;
    }

    /**
     * Restarts the server: closes all connections and sends the events that aren't acknowledged again. New events get
     * ids that follow theirs. If no events are left, the ids start at 1 again, as in the real Tap.
     */
    public TapBehavior restart() {
        channel.abortAll();
        outbox.restart();
        return this;
    }

    /**
     * Sets whether events wait for acknowledgments, which is the default. If not, they are removed once they are sent.
     */
    public TapBehavior expectAcknowledgments(boolean on) {
        outbox.expectAcknowledgments(on);
        return this;
    }

    /**
     * Sets whether the events are for a webhook, so that connections are refused. This server never calls a webhook.
     */
    public TapBehavior webhookMode(boolean on) {
        server.webhookMode(on);
        return this;
    }

    /** Sends a text message with any content to all consumers, such as one that isn't JSON. */
    public TapBehavior send(String message) {
        channel.sendToAll(Objects.requireNonNull(message, "message"));
        return this;
    }

    /** Returns the number of consumers that are connected. */
    public int connections() {
        return channel.connections();
    }

    /**
     * Waits until exactly that many consumers are connected.
     *
     * @param timeout the longest wait
     * @throws AssertionError if the timeout elapses first
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public TapBehavior awaitConnections(int count, Duration timeout) throws InterruptedException {
        if (!channel.awaitConnections(count, timeout.toNanos())) {
            throw new AssertionError("expected " + count + " consumers of the Tap within " + timeout + " (got "
                    + channel.connections() + ")");
        }
        return this;
    }
}
