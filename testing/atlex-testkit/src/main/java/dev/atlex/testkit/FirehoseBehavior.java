package dev.atlex.testkit;

import dev.atlex.syntax.Did;
import dev.atlex.testkit.internal.Pds;
import dev.atlex.testkit.internal.sync.Firehose;

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
public final class FirehoseBehavior extends StreamBehavior<FirehoseBehavior> {
    private final Pds pds;
    private final Firehose firehose;

    FirehoseBehavior(Pds pds) {
        super("the firehose", pds.firehose().hub());
        this.pds = pds;
        this.firehose = pds.firehose();
    }

    @Override
    FirehoseBehavior self() {
        return this;
    }

    /** Sends a binary message with arbitrary content, such as invalid CBOR, to all consumers. */
    public FirehoseBehavior send(byte[] message) {
        byte[] copy = message.clone();
        firehose.hub().sendToAll((socket, fragment) -> socket.sendBinary(copy, fragment));
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
}
