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
 * pds.firehose().halfOpen(true);         // the connection stays open, but nothing arrives anymore
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
     * Drops each connection after a number of events. Initially 0, which means never.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public FirehoseBehavior dropAfter(int events) {
        settings.dropAfter = notNegative("dropAfter", events);
        return this;
    }

    /**
     * Starts the closing handshake on all connections.
     *
     * @param code a close code, such as 1001 for a server that goes away
     */
    public FirehoseBehavior closeConnections(int code, String reason) {
        firehose.closeAll(code, Objects.requireNonNull(reason, "reason"));
        return this;
    }

    /** Sends no events while it is on, but responds to pings. Afterward, the events that were held back follow. */
    public FirehoseBehavior stall(boolean on) {
        settings.stalled = on;
        firehose.applySettings();
        return this;
    }

    /**
     * Sends nothing at all while it is on, not even pongs, although connections stay open. Afterward, the
     * events that were held back follow.
     */
    public FirehoseBehavior halfOpen(boolean on) {
        settings.silent = on;
        firehose.applySettings();
        return this;
    }

    /** Sends each event twice while it is on. */
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
     * Forgets all events and starts their sequence numbers again at 1, as a server that lost its database. Connections
     * stay open.
     */
    public FirehoseBehavior resetSequence() {
        firehose.restart();
        return this;
    }

    /**
     * Limits how many events are kept for consumers with a cursor. Initially 10,000. A consumer with an older cursor is
     * sent {@code #info} with {@code OutdatedCursor}, and then the events that are left. Takes effect with the next event.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public FirehoseBehavior backfillLimit(int events) {
        settings.backfill = notNegative("backfillLimit", events);
        return this;
    }

    /**
     * Limits how many events a consumer may be behind. Initially 500, as on the reference server. A slower one receives the
     * error {@code ConsumerTooSlow} and is disconnected. One that is twice as far behind is disconnected without it. The
     * limit doesn't apply until a consumer with a cursor has caught up.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public FirehoseBehavior slowConsumerLimit(int events) {
        settings.maxLag = notNegative("slowConsumerLimit", events);
        return this;
    }

    /**
     * Splits messages into frames of at most this size. Initially 0, which means a frame for each message.
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

    /** Sends a binary message with any content to all consumers, such as one that isn't CBOR. */
    public FirehoseBehavior send(byte[] message) {
        firehose.frameToAll(message.clone());
        return this;
    }

    /**
     * Sends {@code #sync} with the current commit of an account.
     *
     * @throws IllegalArgumentException if the account does not exist
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

    /** Restores the initial settings. Connections and events stay. */
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
