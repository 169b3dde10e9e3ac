package dev.atlex.streams.internal.zstd;

import dev.atlex.streams.StreamException;
import dev.atlex.streams.StreamRefusedException;
import dev.atlex.streams.ZstdDecoderProvider;
import dev.atlex.streams.internal.socket.SocketConnector;
import dev.atlex.streams.internal.socket.SocketListener;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Opens WebSockets whose frames are compressed with the server's dictionary.
 *
 * <p>The dictionary is fetched before the first connection and kept for later ones. If the server has retired it in
 * the meantime, the server refuses the handshake, and the current dictionary is fetched. If that fails, the connection
 * isn't compressed, because a stream that costs more traffic is better than none.
 *
 * @see <a
 *     href="https://github.com/atlex/atlex/blob/main/docs/decisions/0028-jetstream-versions-and-compression.md">Decision
 *     0028</a>
 */
public final class ZstdSockets implements SocketConnector {
    private static final System.Logger LOG = System.getLogger(ZstdSockets.class.getName());
    private static final AtomicBoolean HINT_LOGGED = new AtomicBoolean();
    private static final String UNKNOWN_DICTIONARY = "UnknownZstdDictionary";

    private final SocketConnector sockets;
    private final ZstdDecoderProvider provider;
    private final Function<URI, byte[]> fetch;
    private final String path;

    /** The dictionary of the last connection, or null. */
    private volatile @Nullable ZstdDictionary dictionary;

    ZstdSockets(SocketConnector sockets, ZstdDecoderProvider provider, Function<URI, byte[]> fetch, String path) {
        this.sockets = sockets;
        this.provider = provider;
        this.fetch = fetch;
        this.path = path;
    }

    /**
     * Returns a function that adds compression if a {@link ZstdDecoderProvider} is installed, or else does nothing. The
     * first time that none is installed, a hint is logged.
     *
     * @param path the path of the URLs that support compression
     * @param fetch returns the current dictionary of the server at a URL, or fails
     */
    public static UnaryOperator<SocketConnector> ifInstalled(String path, Function<URI, byte[]> fetch) {
        ZstdDecoderProvider provider = ServiceLoader.load(ZstdDecoderProvider.class)
                .findFirst()
                .or(() -> ServiceLoader.load(ZstdDecoderProvider.class, ZstdDecoderProvider.class.getClassLoader())
                        .findFirst())
                .orElse(null);
        if (provider != null) {
            return sockets -> new ZstdSockets(sockets, provider, fetch, path);
        }
        if (!HINT_LOGGED.getAndSet(true)) {
            LOG.log(
                    Level.INFO,
                    "Jetstreams aren't compressed; add the artifact dev.atlex:atlex-streams-zstd to compress them");
        }
        return UnaryOperator.identity();
    }

    @Override
    public void connect(
            URI uri, List<String> subprotocols, SocketListener listener, Consumer<? super StreamException> failed) {
        ZstdDictionary known = dictionary;
        if (!path.equals(uri.getPath())) {
            sockets.connect(uri, subprotocols, listener, failed);
        } else if (known == null) {
            fetchAndConnect(uri, subprotocols, listener, failed);
        } else {
            connect(known, uri, subprotocols, listener, cause -> {
                if (isRetired(cause)) {
                    LOG.log(
                            Level.INFO,
                            "the server has retired the dictionary {0}; fetching the current one",
                            known.id());
                    dictionary = null;
                    fetchAndConnect(uri, subprotocols, listener, failed);
                } else {
                    failed.accept(cause);
                }
            });
        }
    }

    /** Fetches the dictionary on a separate thread, because the caller must not wait for the network. */
    private void fetchAndConnect(
            URI uri, List<String> subprotocols, SocketListener listener, Consumer<? super StreamException> failed) {
        Thread thread = new Thread(
                null,
                () -> {
                    ZstdDictionary current = fetch(uri);
                    if (current == null) {
                        sockets.connect(uri, subprotocols, listener, failed);
                        return;
                    }
                    dictionary = current;
                    connect(current, uri, subprotocols, listener, cause -> {
                        if (isRetired(cause)) { // for the second time, as behind a load balancer during an update
                            dictionary = null;
                            sockets.connect(uri, subprotocols, listener, failed);
                        } else {
                            failed.accept(cause);
                        }
                    });
                },
                "atlex-stream-dictionary",
                0,
                false);
        thread.setDaemon(true);
        thread.start();
    }

    private @Nullable ZstdDictionary fetch(URI uri) {
        try {
            return ZstdDictionary.of(fetch.apply(uri), provider);
        } catch (RuntimeException | LinkageError e) { // such as a native library that this system can't load
            LOG.log(
                    Level.INFO,
                    "{0}: failed to fetch the dictionary, so the stream isn''t compressed: {1}",
                    uri.getHost(),
                    e.toString());
            return null;
        }
    }

    private void connect(
            ZstdDictionary with,
            URI uri,
            List<String> subprotocols,
            SocketListener listener,
            Consumer<? super StreamException> failed) {
        URI compressed = URI.create(uri + (uri.getRawQuery() == null ? "?" : "&") + "zstdDictionary=" + with.id());
        sockets.connect(compressed, subprotocols, new ZstdListener(listener, with.decoder()), failed);
    }

    private static boolean isRetired(StreamException cause) {
        return cause instanceof StreamRefusedException refused
                && refused.error().equals(UNKNOWN_DICTIONARY);
    }
}
