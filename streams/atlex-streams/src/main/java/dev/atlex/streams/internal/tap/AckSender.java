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
 * Sends acknowledgments, one after the other, over the current connection. Those that weren't sent wait for the next
 * one: Tap accepts an acknowledgment on any connection. No method blocks, except {@link #awaitSent}. Thread-safe.
 *
 * <p><b>No acknowledgment may reach Tap twice.</b> A restarted Tap uses ids again, so the second one could remove an event
 * that no handler has received. So an acknowledgment is passed to a socket only once: if the connection then ends, Tap
 * may have received it. And {@linkplain #addRepeated one for a repeated event} is dropped with its connection,
 * because Tap may have received the first one in the meantime. If it hasn't, it delivers the event again.
 */
public final class AckSender {
    /** More can't be sent in time anyway. Tap delivers their events again, and they are acknowledged then. */
    static final int MAX_WAITING = 100_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Ack> waiting = new ArrayDeque<>();
    private int attempts;
    private @Nullable Link current;

    private record Ack(long id, boolean repeated) {}

    /** An open connection; {@code sending} and {@code ended} are guarded by the lock. */
    private final class Link implements StreamSocket {
        final StreamSocket socket;
        boolean sending;
        boolean ended;

        Link(StreamSocket socket) {
            this.socket = socket;
        }

        @Override
        public CompletableFuture<?> send(String text) {
            return socket.send(text);
        }

        @Override
        public void request() {
            socket.request();
        }

        @Override
        public void ping() {
            socket.ping();
        }

        /** The listener may not be called after this. */
        @Override
        public void abort() {
            end(this);
            socket.abort();
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
            super.opened(opened);
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
            waiting.removeIf(Ack::repeated);
            return ++attempts;
        } finally {
            lock.unlock();
        }
    }

    private void begin(int attempt, Link opened) {
        lock.lock();
        try {
            // A handshake that was given up may still succeed; its socket is aborted at once.
            if (attempt == attempts && !opened.ended) {
                current = opened;
            }
        } finally {
            lock.unlock();
        }
    }

    private void end(@Nullable Link closed) {
        lock.lock();
        try {
            if (closed != null) {
                closed.ended = true;
            }
            if (current == closed) {
                current = null;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Adds the first acknowledgment of an event. It is sent by the next call of {@link #send}. */
    public void add(long id) {
        add(new Ack(id, false));
    }

    /** Adds an acknowledgment of an event that was delivered again by the current connection. */
    public void addRepeated(long id) {
        add(new Ack(id, true));
    }

    private void add(Ack ack) {
        lock.lock();
        try {
            if (waiting.size() < MAX_WAITING) {
                waiting.add(ack);
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
                id = waiting.remove().id();
            } finally {
                lock.unlock();
            }
            continues = send(link, id);
        }
    }

    /** Returns whether it was sent at once, so that the next one can follow. */
    private boolean send(Link link, long id) {
        CompletableFuture<?> sent = link.send("{\"type\":\"ack\",\"id\":" + id + "}");
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
            if (current == link && failure != null) {
                current = null;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything is sent or there is no connection, but not longer than the given time. */
    public void awaitSent(Duration atMost) throws InterruptedException {
        long nanos = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (isSending() && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isSending() {
        return current != null && (current.sending || !waiting.isEmpty());
    }
}
