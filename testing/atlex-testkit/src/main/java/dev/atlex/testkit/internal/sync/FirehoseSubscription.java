package dev.atlex.testkit.internal.sync;

import dev.atlex.testkit.internal.ws.WebSocket;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A consumer of {@code com.atproto.sync.subscribeRepos}. */
final class FirehoseSubscription extends Subscription<FirehoseEvent> {
    private final @Nullable String cursor;

    /**
     * Creates a subscription.
     *
     * @param cursor the sequence number after which to start, or null for new events only
     */
    FirehoseSubscription(
            EventLog<FirehoseEvent> log,
            StreamSettings settings,
            WebSocket socket,
            long position,
            @Nullable String cursor) {
        super(log, settings, socket, position);
        this.cursor = cursor;
    }

    @Override
    protected boolean start() throws IOException {
        if (cursor == null) {
            return true;
        }
        if (!cursor.matches("-?[0-9]{1,18}")) {
            fail("InvalidRequest", "Expected integer value type (got \"" + cursor + "\")");
            return false;
        }
        long after = Long.parseLong(cursor);
        if (after > log.lastSeq()) {
            fail("FutureCursor", "Cursor in the future.");
            return false;
        }
        EventLog.Start start = log.after(after);
        if (start.outdated()) {
            socket.sendBinary(
                    Frames.info("OutdatedCursor", "Requested cursor exceeded limit. Possibly missing events"),
                    settings.fragment);
        }
        replay(start.position());
        return true;
    }

    @Override
    protected Message message(FirehoseEvent event) {
        return (socket, fragment) -> socket.sendBinary(event.frame(), fragment);
    }

    @Override
    protected Message error(String error, String message) {
        return (socket, fragment) -> socket.sendBinary(Frames.error(error, message), fragment);
    }
}
