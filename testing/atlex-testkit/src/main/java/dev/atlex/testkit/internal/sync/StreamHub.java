package dev.atlex.testkit.internal.sync;

import dev.atlex.testkit.internal.ws.WebSocket;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.ToIntFunction;

/**
 * The events of one stream and the consumers that receive them. Thread-safe.
 *
 * @param <E> the form of the events
 */
public final class StreamHub<E> {
    private final StreamSettings settings;
    private final EventLog<E> log;
    private final Set<Subscription<E>> subscriptions = ConcurrentHashMap.newKeySet();
    private final ReentrantLock counting = new ReentrantLock();
    private final Condition counted = counting.newCondition();

    /** @param size returns the size of an event, in bytes */
    public StreamHub(StreamSettings settings, ToIntFunction<E> size) {
        this.settings = settings;
        this.log = new EventLog<>(settings, size);
    }

    public StreamSettings settings() {
        return settings;
    }

    public EventLog<E> log() {
        return log;
    }

    /** Appends an event for all consumers and returns its sequence number. */
    public long append(String did, LongFunction<E> event) {
        long seq = log.append(did, event);
        for (Subscription<E> subscription : subscriptions) {
            // One that doesn't read at all can't even receive an error.
            if (!settings.isQuiet() && subscription.tooSlow(2L * settings.maxLag)) {
                subscription.abort();
            }
        }
        return seq;
    }

    /**
     * Serves a consumer until its connection ends. The consumer is registered before the handshake completes, so that all
     * methods that affect the connections reach each client whose handshake has succeeded.
     */
    public void serve(Subscription<E> subscription, WebSocket socket) {
        Thread sender = new Thread(subscription::send, Thread.currentThread().getName() + "-events");
        sender.setDaemon(true);
        subscriptions.add(subscription);
        try {
            subscription.silence(settings.silent);
            socket.open();
            count();
            sender.start();
            socket.read(new WebSocket.Listener() {});
        } catch (IOException e) {
            socket.abort(); // the client has disconnected, or this connection was dropped
        } finally {
            subscription.stop();
            subscriptions.remove(subscription);
            count();
            join(sender);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void count() {
        counting.lock();
        try {
            counted.signalAll();
        } finally {
            counting.unlock();
        }
    }

    /** Returns the number of consumers. */
    public int connections() {
        return (int) subscriptions.stream().filter(Subscription::isOpen).count();
    }

    /** Waits until there are exactly that many consumers. Returns false after the timeout. */
    public boolean awaitConnections(int count, long timeoutNanos) throws InterruptedException {
        long left = timeoutNanos;
        counting.lock();
        try {
            while (connections() != count) {
                if (left <= 0) {
                    return false;
                }
                left = counted.awaitNanos(left);
            }
            return true;
        } finally {
            counting.unlock();
        }
    }

    public void skip(long count) {
        log.skip(count);
    }

    public void restart() {
        log.restart();
    }

    /** Applies changed settings to the connections. */
    public void applySettings() {
        each(subscription -> subscription.silence(settings.silent));
        log.wake();
    }

    public void abortAll() {
        each(Subscription::abort);
    }

    public void closeAll(int code, String reason) {
        each(subscription -> subscription.close(code, reason));
    }

    public void failAll(String error, String message) {
        each(subscription -> subscription.end(error, message));
    }

    public void sendToAll(Subscription.Message message) {
        each(subscription -> subscription.add(message));
    }

    private void each(Consumer<Subscription<E>> action) {
        subscriptions.forEach(action);
    }

    /** Ends all connections and starts again without events. */
    public void reset() {
        settings.reset();
        abortAll();
        log.restart();
    }

    /** Lets all threads end. */
    public void close() {
        log.close();
        abortAll();
    }
}
