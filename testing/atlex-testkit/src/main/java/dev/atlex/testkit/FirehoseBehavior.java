package dev.atlex.testkit;

import dev.atlex.syntax.Did;
import dev.atlex.testkit.internal.Pds;
import dev.atlex.testkit.internal.sync.Firehose;
import dev.atlex.testkit.internal.sync.FirehoseSettings;
import java.time.Duration;
import java.util.Objects;

/**
 * Controls the firehose of a {@link LocalPds}, {@code com.atproto.sync.subscribeRepos}, and injects its failures.
 *
 * <pre>{@code
 * pds.firehose().dropConnections();      // the consumer has to reconnect with its cursor
 * pds.firehose().halfOpen(true);         // connections stay open, but nothing arrives anymore
 * pds.firehose().resetSequence();        // the consumer's cursor is in the future
 * }</pre>
 *
 * <p>Settings apply to all consumers until {@link #reset()} or {@link LocalPds#reset()}. Actions such as
 * {@link #dropConnections} happen once. To refuse a handshake, inject a {@link Fault} for
 * {@code com.atproto.sync.subscribeRepos}. Thread-safe.
 */
public final class FirehoseBehavior {
    private final Pds pds;
    private final Firehose firehose;
    private final FirehoseSettings settings;

    FirehoseBehavior(Pds pds, FirehoseSettings settings) {
        this.pds = pds;
        this.firehose = pds.firehose();
        this.settings = settings;
    }

    /** Closes all connections without a closing handshake, as when a network breaks. */
    public FirehoseBehavior dropConnections() {
        firehose.abortAll();
        return this;
    }

    /**
     * Drops each connection after the given number of events. Initially 0, which means never.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public FirehoseBehavior dropAfter(int events) {
        settings.dropAfter = notNegative("dropAfter", events);
        return this;
    }

    /**
     * Starts a closing handshake on all connections.
     *
     * @param code a close code, such as 1001 for a server that is going away
     */
    public FirehoseBehavior closeConnections(int code, String reason) {
        firehose.closeAll(code, Objects.requireNonNull(reason, "reason"));
        return this;
    }

    /**
     * While on, sends no events, but still responds to pings. The events that are held back are sent when it is turned
     * off.
     */
    public FirehoseBehavior stall(boolean on) {
        settings.stalled = on;
        firehose.applySettings();
        return this;
    }

    /**
     * While on, sends nothing at all, not even pongs, although connections stay open. The events that are held back are
     * sent when it is turned off.
     */
    public FirehoseBehavior halfOpen(boolean on) {
        settings.silent = on;
        firehose.applySettings();
        return this;
    }

    /** While on, sends each event twice. */
    public FirehoseBehavior duplicates(boolean on) {
        settings.duplicates = on;
        return this;
    }

    /**
     * Skips sequence numbers, as if that many events had been lost.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public FirehoseBehavior skipSequence(int events) {
        firehose.skip(notNegative("skipSequence", events));
        return this;
    }

    /**
     * Forgets all events and restarts the sequence numbers at 1, like a server that has lost its database. Connections
     * stay open.
     */
    public FirehoseBehavior resetSequence() {
        firehose.restart();
        return this;
    }

    /**
     * Limits how many events are kept for consumers with a cursor. Initially 10,000. A consumer with an older cursor
     * receives {@code #info} with {@code OutdatedCursor}, and then the events that are left. Takes effect with the next
     * event.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public FirehoseBehavior backfillLimit(int events) {
        settings.backfill = notNegative("backfillLimit", events);
        return this;
    }

    /**
     * Limits how many events a consumer may be behind. Initially 500, as on the reference server. A consumer that
     * exceeds the limit receives the error {@code ConsumerTooSlow} and is disconnected. A consumer that exceeds twice
     * the limit is disconnected without the error. The limit doesn't apply to a consumer with a cursor until it has
     * caught up.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public FirehoseBehavior slowConsumerLimit(int events) {
        settings.maxLag = notNegative("slowConsumerLimit", events);
        return this;
    }

    /**
     * Splits messages into frames of at most this size. Initially 0, which means one frame per message.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public FirehoseBehavior fragmentSize(int bytes) {
        settings.fragment = notNegative("fragmentSize", bytes);
        return this;
    }

    /** Sends an error to all consumers and closes their connections with code 1008. */
    public FirehoseBehavior fail(String error, String message) {
        firehose.failAll(Objects.requireNonNull(error, "error"), Objects.requireNonNull(message, "message"));
        return this;
    }

    /** Sends a binary message with arbitrary content, such as invalid CBOR, to all consumers. */
    public FirehoseBehavior send(byte[] message) {
        firehose.frameToAll(message.clone());
        return this;
    }

    /**
     * Sends {@code #sync} with the current commit of an account.
     *
     * @throws IllegalArgumentException if the account doesn't exist
     */
    public FirehoseBehavior sync(Did did) {
        pds.announceCommit(did.toString());
        return this;
    }

    /** Returns the sequence number of the latest event, or 0 if there was none. */
    public long lastSeq() {
        return firehose.lastSeq();
    }

    /** Returns the number of consumers that are connected. */
    public int connections() {
        return firehose.connections();
    }

    /**
     * Waits until exactly that many consumers are connected.
     *
     * @param timeout the longest wait, in real time regardless of the server's clock
     * @throws AssertionError if the timeout elapses first
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public FirehoseBehavior awaitConnections(int count, Duration timeout) throws InterruptedException {
        if (!firehose.awaitConnections(count, timeout.toNanos())) {
            throw new AssertionError("expected " + count + " consumers of the firehose within " + timeout + " (got "
                    + firehose.connections() + ")");
        }
        return this;
    }

    /** Restores the initial settings. Connections and events are kept. */
    public FirehoseBehavior reset() {
        settings.reset();
        firehose.applySettings();
        return this;
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
        return "FirehoseBehavior[" + settings + "]";
    }
}
