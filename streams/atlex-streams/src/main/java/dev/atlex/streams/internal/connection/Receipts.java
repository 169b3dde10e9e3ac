package dev.atlex.streams.internal.connection;

import java.time.Duration;

/**
 * Confirms finished events to the server, for protocols that have acknowledgments instead of cursors.
 *
 * @param <E> the type of the events
 */
public interface Receipts<E> {
    /**
     * Called when an entry arrives, in the order of arrival, with the lock of the queue.
     *
     * @return false for a duplicate, which isn't delivered
     */
    boolean admit(Entry<E> entry);

    /** Called when an entry is finished, with the lock of the queue. The entry still has its event. */
    void finished(Entry<E> entry);

    /** Sends the confirmations of finished entries. Called without a lock; doesn't block. */
    void send();

    /** Waits until all confirmations are sent, but not longer than the given time, and not if there is no connection. */
    void awaitSent(Duration atMost) throws InterruptedException;
}
