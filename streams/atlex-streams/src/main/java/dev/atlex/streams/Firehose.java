package dev.atlex.streams;

import com.atproto.sync.SubscribeRepos;

/**
 * The firehose: all commits to the repositories of a server or of the whole network, and all changes to their accounts.
 *
 * <pre>{@code
 * try (var stream = Firehose.connect(f -> f.collections(Post.RECORD).cursor(CursorStore.file(folder)))) {
 *     stream.forEach(Post.RECORD, (operation, post) -> index(operation.uri(), post));
 * }
 * }</pre>
 *
 * <p>Records are decoded and checked against their hashes when they are read. The signatures of commits aren't
 * verified, so the relay must be trusted.
 *
 * @see <a href="https://atproto.com/specs/sync#firehose">AT Protocol: firehose</a>
 */
public final class Firehose {
    private static final String DEFAULT_SERVICE = "wss://bsky.network";

    private Firehose() {}

    /**
     * Connects to the firehose of a relay or a server, by default Bluesky's relay. The server sends all events; Atlex
     * filters them by collection and account. Events about accounts are delivered regardless of the collections.
     */
    public static RepoStream connect(java.util.function.Consumer<? super StreamOptions.Builder> options) {
        return connect(StreamOptions.of(DEFAULT_SERVICE, options));
    }

    /**
     * Like {@link #connect(java.util.function.Consumer)}, but without a default service.
     *
     * @throws IllegalArgumentException if the options don't specify a service
     */
    public static RepoStream connect(StreamOptions options) {
        return new RepoStream(
                StreamSetups.of(
                        SubscribeRepos.NSID,
                        SubscribeRepos.SUBSCRIPTION.path(null),
                        SubscribeRepos.SUBSCRIPTION.subprotocol(),
                        new FirehoseDecoder(new RepoFilter(options)),
                        options),
                options);
    }
}
