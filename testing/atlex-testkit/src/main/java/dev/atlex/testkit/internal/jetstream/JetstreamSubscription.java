package dev.atlex.testkit.internal.jetstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.testkit.internal.sync.EventLog;
import dev.atlex.testkit.internal.sync.StreamHub;
import dev.atlex.testkit.internal.sync.Subscription;
import dev.atlex.testkit.internal.ws.WebSocket;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A consumer of a Jetstream. */
final class JetstreamSubscription extends Subscription<JetstreamEvent> {
    private final boolean isVersion2;
    private final JetstreamFilter filter;
    private final @Nullable UnaryOperator<byte[]> compressor;
    private final EventLog.@Nullable Start start;

    /**
     * Creates a subscription.
     *
     * @param compressor the function that compresses each frame, or null
     * @param start where to start, or null for new events only
     */
    JetstreamSubscription(
            StreamHub<JetstreamEvent> hub,
            WebSocket socket,
            boolean isVersion2,
            JetstreamFilter filter,
            @Nullable UnaryOperator<byte[]> compressor,
            EventLog.@Nullable Start start,
            long position) {
        super(hub.log(), hub.settings(), socket, position);
        this.isVersion2 = isVersion2;
        this.filter = filter;
        this.compressor = compressor;
        this.start = start;
    }

    @Override
    protected boolean start() throws IOException {
        if (start != null) {
            if (start.outdated() && isVersion2) {
                text(JetstreamEvent.info(
                                "OutdatedCursor",
                                "the cursor is below the retention floor; starting at seq " + log.floor()))
                        .send(socket, settings.fragment);
            }
            replay(start.position());
        }
        return true;
    }

    @Override
    protected @Nullable Message message(JetstreamEvent event) {
        String frame = event.frame(isVersion2);
        return frame != null && filter.wants(event) && filter.admits(frame) ? text(frame) : null;
    }

    @Override
    protected Message error(String error, String message) {
        // Version 1 has no errors: the connection just ends.
        return isVersion2 ? text(JetstreamEvent.error(error, message)) : (socket, fragment) -> {};
    }

    private Message text(String frame) {
        UnaryOperator<byte[]> compress = compressor;
        return compress == null
                ? (socket, fragment) -> socket.sendText(frame, fragment)
                : (socket, fragment) -> socket.sendBinary(compress.apply(frame.getBytes(UTF_8)), fragment);
    }
}
