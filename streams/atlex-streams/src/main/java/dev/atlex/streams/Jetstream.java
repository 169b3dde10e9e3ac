package dev.atlex.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;

/**
 * Connects to a Jetstream (version 2), which sends the events of a firehose as JSON, one record per event, filtered by
 * the server.
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
 * <p>Neither version 1, which has no sequence numbers, nor compression is supported.
 *
 * @see <a href="https://github.com/bluesky-social/jetstream">Jetstream</a>
 */
public final class Jetstream {
    private static final String NSID = "network.bsky.jetstream.subscribeEvents";
    private static final String SUBPROTOCOL = "xrpc.v1.json";
    private static final String DEFAULT_SERVICE = "wss://jetstream.us-west.bsky.network";

    /** A cursor of at least this size is a time in microseconds. This one is in 2001, before any event. */
    private static final long OLDEST = 1_000_000_000_000_000L;

    private Jetstream() {}

    /** Connects to a Jetstream, by default one of Bluesky's. */
    public static RepoStream connect(java.util.function.Consumer<? super StreamOptions.Builder> options) {
        StreamOptions.Builder builder = StreamOptions.DEFAULTS.toBuilder().service(DEFAULT_SERVICE);
        options.accept(builder);
        return connect(builder.build());
    }

    /**
     * Like {@link #connect(java.util.function.Consumer)}, but without a default service.
     *
     * @throws IllegalArgumentException if the options don't specify a service
     */
    public static RepoStream connect(StreamOptions options) {
        return new RepoStream(
                StreamSetups.of(NSID, path(options), OLDEST, SUBPROTOCOL, new JetstreamDecoder(), options), options);
    }

    private static String path(StreamOptions options) {
        List<String> filters = new ArrayList<>();
        options.collections().forEach(collection -> filters.add("collections=" + encode(collection)));
        options.dids().forEach(did -> filters.add("dids=" + encode(did.toString())));
        return "/xrpc/" + NSID + (filters.isEmpty() ? "" : "?" + String.join("&", filters));
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, UTF_8);
    }
}
