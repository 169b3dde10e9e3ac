package dev.atlex.streams;

import dev.atlex.schema.document.Definition.SubscriptionDef;
import dev.atlex.session.store.CursorStore;
import dev.atlex.session.store.StreamCursor;
import dev.atlex.streams.internal.connection.StreamSetup;
import dev.atlex.streams.internal.frame.Decoded;
import dev.atlex.streams.internal.frame.FrameDecoder;
import dev.atlex.streams.internal.socket.JdkSockets;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Creates the parts of a stream from its options. */
final class StreamSetups {
    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(15);

    private StreamSetups() {}

    /**
     * Assembles a stream.
     *
     * @param path the path and query of the URL, without a cursor
     * @throws IllegalArgumentException if the options specify no service
     */
    static <E> StreamSetup<E> of(
            String nsid, String path, String subprotocol, FrameDecoder<E> decoder, StreamOptions options) {
        return of(nsid, path, 0, subprotocol, decoder, options);
    }

    /**
     * Like the other method, for a server that uses a different cursor than 0 for the oldest event.
     *
     * @param oldest the cursor to send in order to begin at the oldest event
     */
    static <E> StreamSetup<E> of(
            String nsid, String path, long oldest, String subprotocol, FrameDecoder<E> decoder, StreamOptions options) {
        URI service = options.service();
        if (service == null) {
            throw new IllegalArgumentException(nsid + ": set the service, such as wss://bsky.network");
        }
        CursorStore store = options.cursor();
        String stream = options.consumer().isEmpty() ? nsid : nsid + " " + options.consumer();
        StreamCursor cursor = store == null ? null : store.cursor(service.toString(), stream);
        return new StreamSetup<>(
                nsid,
                sequence -> url(service, path, sequence == 0 ? oldest : sequence),
                subprotocol.equals(SubscriptionDef.DEFAULT_SUBPROTOCOL) ? List.of() : List.of(subprotocol),
                decoder,
                new JdkSockets(options.transport(), nsid, HANDSHAKE_TIMEOUT),
                cursor,
                options.startAt().orElse(Decoded.NO_SEQUENCE),
                options.onGap(),
                options.listener(),
                options.saveInterval(),
                options.bufferBytes(),
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    private static URI url(URI service, String path, long cursor) {
        String query = cursor == Decoded.NO_SEQUENCE ? "" : (path.contains("?") ? "&" : "?") + "cursor=" + cursor;
        return URI.create(service + path + query);
    }
}
