package dev.atlex.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.client.transport.JdkTransport;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.streams.internal.connection.Dialect;
import dev.atlex.streams.internal.socket.SocketConnector;
import dev.atlex.streams.internal.zstd.ZstdSockets;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The events of a Jetstream: those of a firehose, converted to JSON and filtered by the server. Each commit event
 * contains one record.
 *
 * <pre>{@code
 * try (var stream = Jetstream.connect(j -> j.collections(Post.RECORD, Like.RECORD).cursor(CursorStore.file(folder)))) {
 *     stream.forEach(Post.RECORD, (event, post) -> index(event.uri(), post));
 * }
 * }</pre>
 *
 * <p>A Jetstream causes less traffic and computation than a {@link Firehose}, but its records can't be checked against
 * their hashes. Events about accounts are delivered regardless of the collections.
 *
 * <p>The stream uses version 2 of the protocol ({@code subscribeEvents}), or version 1 ({@code /subscribe}) if the
 * server doesn't know version 2. In version 1, the {@linkplain RepoEvent#sequence() sequence numbers} are times in
 * microseconds, there are no {@link SyncEvent}s, and the event at the cursor is delivered again when the program
 * starts.
 *
 * <p>With {@code dev.atlex:atlex-streams-zstd} on the class path or module path, version 2 is compressed if the
 * server publishes a dictionary.
 *
 * @see <a href="https://github.com/bluesky-social/jetstream">Jetstream</a>
 */
public final class Jetstream {
    private static final String NSID = "network.bsky.jetstream.subscribeEvents";
    private static final String VERSION_2 = "/xrpc/" + NSID;
    private static final String VERSION_1 = "/subscribe";
    private static final String DICTIONARY = "/xrpc/network.bsky.jetstream.getZstdDictionary";
    private static final Duration DICTIONARY_TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_DICTIONARY = 1024 * 1024;
    private static final String SUBPROTOCOL = "xrpc.v1.json";
    private static final String DEFAULT_SERVICE = "wss://jetstream.us-west.bsky.network";

    /** In version 2, a cursor of this size or more is a time in microseconds; this one is in 2001, before any event. */
    private static final long OLDEST_2 = 1_000_000_000_000_000L;

    /** In version 1, all cursors are such times. */
    private static final long OLDEST_1 = 1;

    private Jetstream() {}

    /** Connects to a Jetstream, by default one of Bluesky's. */
    public static RepoStream connect(java.util.function.Consumer<? super StreamOptions.Builder> options) {
        return connect(StreamOptions.of(DEFAULT_SERVICE, options));
    }

    /**
     * Like {@link #connect(java.util.function.Consumer)}, but without a default service.
     *
     * @throws IllegalArgumentException if the options don't specify a service
     */
    public static RepoStream connect(StreamOptions options) {
        URI service = StreamSetups.service(NSID, options);
        String path2 = VERSION_2 + filters("collections", "dids", options);
        String path1 = VERSION_1 + filters("wantedCollections", "wantedDids", options);
        List<Dialect<RepoEvent>> versions = List.of(
                new Dialect<>(
                        VERSION_2,
                        cursor -> StreamSetups.url(service, path2, cursor == 0 ? OLDEST_2 : cursor),
                        List.of(SUBPROTOCOL),
                        new JetstreamVersion2Decoder(),
                        false),
                new Dialect<>(
                        VERSION_1,
                        cursor -> StreamSetups.url(service, path1, cursor == 0 ? OLDEST_1 : cursor),
                        List.of(),
                        new JetstreamVersion1Decoder(),
                        true));
        UnaryOperator<SocketConnector> compression =
                ZstdSockets.ifInstalled(VERSION_2, uri -> dictionary(service, options.transport()));
        return new RepoStream(
                StreamSetups.of(NSID, versions, compression.apply(StreamSetups.sockets(NSID, options)), null, options),
                options);
    }

    /** Fetches the server's current dictionary. */
    private static byte[] dictionary(URI service, JdkTransport transport) {
        URI url = URI.create("http" + service.toString().substring("ws".length()) + DICTIONARY);
        TransportRequest request = TransportRequest.get(url)
                .timeout(DICTIONARY_TIMEOUT)
                .maxResponseBytes(MAX_DICTIONARY)
                .build();
        try (TransportResponse response = transport.send(request)) {
            if (response.status() != 200) {
                throw new StreamException(url + ": status " + response.status(), null);
            }
            return response.readAll();
        }
    }

    private static String filters(String collections, String dids, StreamOptions options) {
        List<String> filters = new ArrayList<>();
        options.collections().forEach(collection -> filters.add(collections + "=" + encode(collection)));
        options.dids().forEach(did -> filters.add(dids + "=" + encode(did.toString())));
        return filters.isEmpty() ? "" : "?" + String.join("&", filters);
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, UTF_8);
    }
}
