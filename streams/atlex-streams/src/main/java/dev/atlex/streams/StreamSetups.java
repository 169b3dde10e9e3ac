package dev.atlex.streams;

import dev.atlex.schema.document.Definition.SubscriptionDef;
import dev.atlex.session.store.CursorStore;
import dev.atlex.session.store.StreamCursor;
import dev.atlex.streams.internal.connection.Dialect;
import dev.atlex.streams.internal.connection.Receipts;
import dev.atlex.streams.internal.connection.StreamSetup;
import dev.atlex.streams.internal.frame.Decoded;
import dev.atlex.streams.internal.frame.FrameDecoder;
import dev.atlex.streams.internal.socket.JdkSockets;
import dev.atlex.streams.internal.socket.SocketConnector;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

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
        List<String> offers =
                subprotocol.equals(SubscriptionDef.DEFAULT_SUBPROTOCOL) ? List.of() : List.of(subprotocol);
        URI service = service(nsid, options);
        return of(
                nsid,
                List.of(new Dialect<>(nsid, cursor -> url(service, path, cursor), offers, decoder, false)),
                sockets(nsid, options),
                null,
                options);
    }

    /**
     * Like the other method, for a protocol that has several versions.
     *
     * @param dialects the versions, in order of preference
     * @param connector opens the connections, for example those of {@link #sockets} with compression
     * @param receipts confirms events to the server, or null
     */
    static <E> StreamSetup<E> of(
            String nsid,
            List<Dialect<E>> dialects,
            SocketConnector connector,
            @Nullable Receipts<E> receipts,
            StreamOptions options) {
        CursorStore store = options.cursor();
        String stream = options.consumer().isEmpty() ? nsid : nsid + " " + options.consumer();
        StreamCursor cursor =
                store == null ? null : store.cursor(service(nsid, options).toString(), stream);
        return new StreamSetup<>(
                nsid,
                dialects,
                connector,
                cursor,
                receipts,
                options.startAt().orElse(Decoded.NO_SEQUENCE),
                options.onGap(),
                options.listener(),
                options.saveInterval(),
                options.bufferBytes(),
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /** Returns a connector that opens plain connections. */
    static JdkSockets sockets(String nsid, StreamOptions options) {
        return new JdkSockets(options.transport(), nsid, HANDSHAKE_TIMEOUT);
    }

    /** @throws IllegalArgumentException if the options name no service */
    static URI service(String nsid, StreamOptions options) {
        URI service = options.service();
        if (service == null) {
            throw new IllegalArgumentException(nsid + ": set the service, such as wss://bsky.network");
        }
        return service;
    }

    /** @param path the path and query, without a cursor */
    static URI url(URI service, String path, long cursor) {
        String query = cursor == Decoded.NO_SEQUENCE ? "" : (path.contains("?") ? "&" : "?") + "cursor=" + cursor;
        return URI.create(service + path + query);
    }
}
