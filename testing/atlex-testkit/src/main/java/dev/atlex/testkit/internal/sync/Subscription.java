package dev.atlex.testkit.internal.sync;

import dev.atlex.testkit.internal.ws.WebSocket;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A consumer of an event stream. One thread reads from it, another sends the events, straight from the log: a consumer that
 * doesn't read has a position in the log, but no queue of its own.
 *
 * @param <E> the form of the events
 */
public abstract class Subscription<E> {
    protected final EventLog<E> log;
    protected final StreamSettings settings;
    protected final WebSocket socket;

    /** Messages that are sent before the next event. */
    private final Queue<Urgent> urgent = new ConcurrentLinkedQueue<>();

    private volatile long position;

    /** Whether the consumer has caught up. Until then, it is receiving old events, and may be far behind. */
    private volatile boolean live = true;

    private volatile boolean ended;

    /** Sends one message. */
    @FunctionalInterface
    public interface Message {
        /** @param fragment the size of the frames to split it into; 0 for one frame */
        void send(WebSocket socket, int fragment) throws IOException;
    }

    /**
     * A message outside of the log.
     *
     * @param closeReason the reason of the close frame (code 1008) to send after this frame, or null to continue
     */
    private record Urgent(Message message, @Nullable String closeReason) {}

    /** @param position the position to start at if there is no cursor */
    protected Subscription(EventLog<E> log, StreamSettings settings, WebSocket socket, long position) {
        this.log = log;
        this.settings = settings;
        this.socket = socket;
        this.position = position;
    }

    /** Finds the position of the cursor and calls {@link #replay}. Returns false if that ends the stream. */
    protected abstract boolean start() throws IOException;

    /** Returns the message for an event, or null if this consumer doesn't want it. */
    protected abstract @Nullable Message message(E event);

    /** Returns the message for an error. */
    protected abstract Message error(String error, String message);

    /** Starts in the past. */
    protected final void replay(long from) {
        position = from;
        live = false;
    }

    /** Sends events until the connection ends. */
    final void send() {
        try {
            if (start()) {
                sendEvents();
            }
        } catch (IOException e) {
            socket.abort();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            socket.abort();
        } catch (RuntimeException e) {
            // Code of a test failed, such as a compressor. Without a close, the consumer would wait forever.
            socket.close(1011, "the test server failed: " + e);
        }
    }

    private void sendEvents() throws IOException, InterruptedException {
        int sent = 0;
        while (!ended) {
            List<EventLog.Event<E>> events = log.await(position, () -> ended || !urgent.isEmpty());
            if (!sendUrgent()) {
                return;
            }
            for (EventLog.Event<E> event : events) {
                if (tooSlow(settings.maxLag)) {
                    fail("ConsumerTooSlow", "Stream consumer too slow");
                    return;
                }
                if (ended || settings.isQuiet()) {
                    break;
                }
                position = event.position() + 1;
                Message message = event.content() == null ? null : message(event.content());
                for (int i = settings.duplicates ? 0 : 1; i < 2 && message != null; i++) {
                    message.send(socket, settings.fragment);
                    sent++;
                }
                if (settings.dropAfter > 0 && sent >= settings.dropAfter) {
                    socket.abort();
                    return;
                }
            }
            live = live || position >= log.end();
        }
    }

    private boolean sendUrgent() throws IOException {
        for (Urgent next = urgent.poll(); next != null; next = urgent.poll()) {
            next.message.send(socket, settings.fragment);
            if (next.closeReason != null) {
                socket.close(1008, next.closeReason);
                return false;
            }
        }
        return true;
    }

    /** Sends an error and closes the connection. */
    protected final void fail(String error, String message) throws IOException {
        error(error, message).send(socket, settings.fragment);
        socket.close(1008, error);
    }

    boolean tooSlow(long maxLag) {
        return live && log.end() - position > maxLag;
    }

    void add(Message message) {
        urgent.add(new Urgent(message, null));
        log.wake();
    }

    void end(String error, String message) {
        urgent.add(new Urgent(error(error, message), error));
        log.wake();
    }

    void close(int code, String reason) {
        socket.close(code, reason);
    }

    boolean isOpen() {
        return socket.isOpen();
    }

    void silence(boolean on) {
        socket.silence(on);
    }

    void abort() {
        socket.abort();
    }

    /** Stops the sending thread after the connection has ended. */
    void stop() {
        ended = true;
        log.wake();
    }
}
