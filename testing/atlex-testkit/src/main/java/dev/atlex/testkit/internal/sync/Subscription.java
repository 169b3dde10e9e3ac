package dev.atlex.testkit.internal.sync;

import dev.atlex.testkit.internal.ws.WebSocket;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A consumer of the firehose. One thread reads from its connection, and another sends events directly from the log. A
 * consumer that doesn't read has only a position in the log, not its own queue.
 */
final class Subscription {
    private final EventLog log;
    private final FirehoseSettings settings;
    private final WebSocket socket;

    /** Frames that are sent before the next event. */
    private final Queue<Urgent> urgent = new ConcurrentLinkedQueue<>();

    private volatile long position;

    /** Whether the consumer has caught up. Until then, it is receiving old events, and may be far behind. */
    private volatile boolean live = true;

    private volatile boolean ended;

    /**
     * A frame that isn't from the log.
     *
     * @param closeReason the reason of the close frame (code 1008) to send after this frame, or null to continue
     */
    private record Urgent(byte[] frame, @Nullable String closeReason) {}

    /** @param position the position to start at if there is no cursor */
    Subscription(EventLog log, FirehoseSettings settings, WebSocket socket, long position) {
        this.log = log;
        this.settings = settings;
        this.socket = socket;
        this.position = position;
    }

    /**
     * Sends events until the connection ends.
     *
     * @param cursor the sequence number after which to start, or null for new events only
     */
    void send(@Nullable String cursor) {
        try {
            if (start(cursor)) {
                sendEvents();
            }
        } catch (IOException e) {
            socket.abort();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            socket.abort();
        }
    }

    /** Finds the start position for a cursor. Returns false if the cursor's value ends the stream. */
    private boolean start(@Nullable String parameter) throws IOException {
        if (parameter == null) {
            return true;
        }
        if (!parameter.matches("-?[0-9]{1,18}")) {
            fail("InvalidRequest", "Expected integer value type (got \"" + parameter + "\")");
            return false;
        }
        long cursor = Long.parseLong(parameter);
        if (cursor > log.lastSeq()) {
            fail("FutureCursor", "Cursor in the future.");
            return false;
        }
        EventLog.Start start = log.after(cursor);
        if (start.outdated()) {
            socket.sendBinary(
                    Frames.info("OutdatedCursor", "Requested cursor exceeded limit. Possibly missing events"),
                    settings.fragment);
        }
        position = start.position();
        live = false;
        return true;
    }

    private void sendEvents() throws IOException, InterruptedException {
        int sent = 0;
        while (!ended) {
            List<EventLog.Event> events = log.await(position, () -> ended || !urgent.isEmpty());
            if (!sendUrgent()) {
                return;
            }
            for (EventLog.Event event : events) {
                if (tooSlow(settings.maxLag)) {
                    fail("ConsumerTooSlow", "Stream consumer too slow");
                    return;
                }
                if (ended || settings.isQuiet()) {
                    break;
                }
                position = event.position() + 1;
                for (int i = settings.duplicates ? 0 : 1; i < 2 && event.frame().length > 0; i++) {
                    socket.sendBinary(event.frame(), settings.fragment);
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
            socket.sendBinary(next.frame, settings.fragment);
            if (next.closeReason != null) {
                socket.close(1008, next.closeReason);
                return false;
            }
        }
        return true;
    }

    private void fail(String error, String message) throws IOException {
        socket.sendBinary(Frames.error(error, message), settings.fragment);
        socket.close(1008, error);
    }

    boolean tooSlow(int maxLag) {
        return live && log.end() - position > maxLag;
    }

    void frame(byte[] frame) {
        urgent.add(new Urgent(frame, null));
        log.wake();
    }

    void end(String error, String message) {
        urgent.add(new Urgent(Frames.error(error, message), error));
        log.wake();
    }

    void close(int code, String reason) {
        socket.close(code, reason);
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
