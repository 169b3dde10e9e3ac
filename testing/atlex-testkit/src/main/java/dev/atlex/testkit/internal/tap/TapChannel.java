package dev.atlex.testkit.internal.tap;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.ReadOptions;
import dev.atlex.testkit.internal.ws.WebSocket;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The consumers of a Tap. Each event is sent to one of them. Thread-safe. */
public final class TapChannel {
    private final TapOutbox outbox;
    private final List<Consumer> consumers = new CopyOnWriteArrayList<>();
    private volatile boolean silent;

    public TapChannel(TapOutbox outbox) {
        this.outbox = outbox;
    }

    /**
     * Serves a consumer until its connection ends. The consumer is registered before the handshake completes, so that all
     * methods that affect the connections reach each client whose handshake has succeeded.
     */
    public void serve(WebSocket socket) {
        Consumer consumer = new Consumer(socket);
        Thread sender = new Thread(consumer::send, Thread.currentThread().getName() + "-events");
        sender.setDaemon(true);
        consumers.add(consumer);
        try {
            socket.silence(silent);
            socket.open();
            outbox.wake();
            sender.start();
            socket.read(consumer);
        } catch (IOException e) {
            socket.abort(); // the client has disconnected, or this connection was dropped
        } finally {
            consumer.ended = true;
            consumers.remove(consumer);
            outbox.wake();
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

    private final class Consumer implements WebSocket.Listener {
        final WebSocket socket;
        volatile boolean ended;

        Consumer(WebSocket socket) {
            this.socket = socket;
        }

        void send() {
            try {
                for (TapOutbox.Event event = take(); event != null; event = take()) {
                    socket.sendText(event.json(), 0);
                    outbox.sent(event);
                }
            } catch (IOException e) {
                socket.abort();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                socket.abort();
            }
        }

        private TapOutbox.@Nullable Event take() throws InterruptedException {
            return outbox.take(() -> !silent, () -> ended);
        }

        /** A message that isn't JSON ends the connection. Messages other than acknowledgments are ignored. */
        @Override
        public void onText(String text) {
            LexMap message;
            try {
                message = LexReader.readJson(text.getBytes(UTF_8), ReadOptions.LENIENT, LexReader::readMap);
            } catch (LexException e) {
                socket.abort();
                return;
            }
            Long id = message.getInteger("id");
            if ("ack".equals(message.getString("type")) && id != null) {
                outbox.acknowledge(id);
            }
        }
    }

    /** Closes all connections without a closing handshake. */
    public void abortAll() {
        consumers.forEach(consumer -> {
            consumer.ended = true; // so that no later event is sent into a dead connection
            consumer.socket.abort();
        });
        outbox.wake();
    }

    /** Sets whether connections are silent in both directions. */
    public void silence(boolean on) {
        silent = on;
        consumers.forEach(consumer -> consumer.socket.silence(on));
        outbox.wake();
    }

    /** Sends a message to all consumers. */
    public void sendToAll(String message) {
        consumers.forEach(consumer -> {
            try {
                consumer.socket.sendText(message, 0);
            } catch (IOException e) {
                consumer.socket.abort();
            }
        });
    }

    /** Returns the number of consumers. One whose connection was dropped doesn't count anymore. */
    public int connections() {
        return (int) consumers.stream()
                .filter(consumer -> consumer.socket.isOpen() && !consumer.ended)
                .count();
    }

    /** Waits until there are exactly that many consumers. Returns false after the timeout. */
    public boolean awaitConnections(int count, long timeoutNanos) throws InterruptedException {
        return outbox.await(() -> connections() == count, timeoutNanos);
    }
}
