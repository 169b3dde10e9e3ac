package dev.atlex.streams.internal.tap;

import dev.atlex.streams.StreamException;
import dev.atlex.streams.internal.socket.ForwardingListener;
import dev.atlex.streams.internal.socket.SocketConnector;
import dev.atlex.streams.internal.socket.SocketListener;
import dev.atlex.streams.internal.socket.StreamSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sends acknowledgments, one after the other, over the current connection. Those that can't be sent wait for the next
 * one: Tap accepts an acknowledgment on any connection. No method blocks, except {@link #awaitSent}. Thread-safe.
 */
public final class AckSender {
    /** More can't be sent in time anyway. Tap delivers their events again, and they are acknowledged then. */
    static final int MAX_WAITING = 100_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Long> waiting = new ArrayDeque<>();
    private int attempts;
    private @Nullable Link current;

    /** An open connection; {@code sending} is guarded by the lock. */
    private static final class Link {
        final StreamSocket socket;
        boolean sending;

        Link(StreamSocket socket) {
            this.socket = socket;
        }
    }

    /** Records when the connection begins and ends. */
    private final class Connection extends ForwardingListener {
        private final int attempt;
        private volatile @Nullable Link link;

        Connection(int attempt, SocketListener listener) {
            super(listener);
            this.attempt = attempt;
        }

        @Override
        public void opened(StreamSocket socket) {
            Link opened = new Link(socket);
            link = opened;
            super.opened(socket);
            begin(attempt, opened);
            send();
        }

        @Override
        public void closed(StreamException cause) {
            end(link);
            super.closed(cause);
        }
    }

    /** Returns a connector whose connections also send acknowledgments. */
    public SocketConnector over(SocketConnector sockets) {
        return (uri, subprotocols, listener, failed) ->
                sockets.connect(uri, subprotocols, new Connection(nextAttempt(), listener), failed);
    }

    private int nextAttempt() {
        lock.lock();
        try {
            return ++attempts;
        } finally {
            lock.unlock();
        }
    }

    private void begin(int attempt, Link opened) {
        lock.lock();
        try {
            // A handshake that was given up may still succeed; its socket is aborted at once.
            if (attempt == attempts) {
                current = opened;
            }
        } finally {
            lock.unlock();
        }
    }

    private void end(@Nullable Link closed) {
        lock.lock();
        try {
            if (current == closed) {
                current = null;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Adds an acknowledgment. It is sent by the next call of {@link #send}. */
    public void add(long id) {
        lock.lock();
        try {
            if (waiting.size() < MAX_WAITING) {
                waiting.add(id);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sends the waiting acknowledgments, unless another thread is doing so, or there is no connection. */
    public void send() {
        boolean continues = true;
        while (continues) {
            Link link;
            long id;
            lock.lock();
            try {
                link = current;
                if (link == null || link.sending || waiting.isEmpty()) {
                    return;
                }
                link.sending = true;
                id = waiting.element();
            } finally {
                lock.unlock();
            }
            continues = send(link, id);
        }
    }

    /** Returns whether it was sent at once, so that the next one can follow. */
    private boolean send(Link link, long id) {
        CompletableFuture<?> sent = link.socket.send("{\"type\":\"ack\",\"id\":" + id + "}");
        // A completed future runs its dependents right here, so a loop of them would exhaust the stack.
        if (sent.isDone() && !sent.isCompletedExceptionally()) {
            sent(link, null);
            return true;
        }
        sent.whenComplete((result, failure) -> {
            sent(link, failure);
            send();
        });
        return false;
    }

    private void sent(Link link, @Nullable Throwable failure) {
        lock.lock();
        try {
            link.sending = false;
            if (current == link && failure == null) {
                waiting.poll();
            } else if (current == link) {
                current = null;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing is waiting or there is no connection, but not longer than the given time. */
    public void awaitSent(Duration atMost) throws InterruptedException {
        long nanos = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (current != null && !waiting.isEmpty() && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }
}
