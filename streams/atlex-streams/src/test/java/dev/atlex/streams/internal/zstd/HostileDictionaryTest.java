package dev.atlex.streams.internal.zstd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.streams.InvalidFrameException;
import dev.atlex.streams.StreamException;
import dev.atlex.streams.ZstdDecoderProvider;
import dev.atlex.streams.internal.socket.RecordingListener;
import dev.atlex.streams.internal.socket.SocketConnector;
import dev.atlex.streams.internal.socket.SocketListener;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Dictionaries and decoders that don't work. The stream gets plain JSON instead, or reports the frame. */
@Timeout(20)
class HostileDictionaryTest {
    private static final String PATH = "/subscribe";
    private static final URI URL = URI.create("ws://example.com" + PATH + "?cursor=1");
    private static final byte[] DICTIONARY = {0x37, (byte) 0xA4, 0x30, (byte) 0xEC, 7, 0, 0, 0, 1};

    private final BlockingQueue<URI> connections = new LinkedBlockingQueue<>();
    private final BlockingQueue<SocketListener> listeners = new LinkedBlockingQueue<>();
    private final SocketConnector plain = (uri, subprotocols, listener, failed) -> {
        connections.add(uri);
        listeners.add(listener);
    };

    /** What the dictionary's endpoint or the decoder does. */
    enum Fault {
        NOTHING_THERE(url -> new byte[0], dictionary -> null),
        HTML(url -> "<html>not found</html>".getBytes(java.nio.charset.StandardCharsets.UTF_8), dictionary -> null),
        FETCH_FAILS(
                url -> {
                    throw new StreamException("timeout", null);
                },
                dictionary -> null),
        GARBAGE(url -> DICTIONARY, dictionary -> {
            throw new IllegalArgumentException("not a valid Zstandard dictionary");
        }),
        NO_NATIVE_LIBRARY(url -> DICTIONARY, dictionary -> {
            throw new UnsatisfiedLinkError("libzstd-jni.so: failed to map segment from shared object");
        }),
        LIBRARY_WAS_NOT_LOADED_BEFORE(url -> DICTIONARY, dictionary -> {
            throw new NoClassDefFoundError("Could not initialize class com.github.luben.zstd.Zstd");
        });

        private final Function<URI, byte[]> fetch;
        private final ZstdDecoderProvider provider;

        Fault(Function<URI, byte[]> fetch, ZstdDecoderProvider provider) {
            this.fetch = fetch;
            this.provider = provider;
        }
    }

    @ParameterizedTest
    @EnumSource
    void brokenDictionary_leadsToAPlainConnection(Fault fault) throws Exception {
        ZstdSockets sockets = new ZstdSockets(plain, fault.provider, fault.fetch, PATH);
        for (int attempt = 0; attempt < 2; attempt++) {
            sockets.connect(URL, List.of(), new RecordingListener(), cause -> {});
            assertThat(connections.take()).isEqualTo(URL);
        }
    }

    @Test
    void failingDecoder_reportsTheFrameWithItsReason() throws Exception {
        ZstdDecoderProvider provider = dictionary -> (frame, maxBytes) -> {
            throw frame.length == 1
                    ? new IllegalArgumentException("larger than " + maxBytes + " bytes")
                    : new IllegalStateException("bug");
        };
        RecordingListener recorder = new RecordingListener();
        new ZstdSockets(plain, provider, url -> DICTIONARY, PATH).connect(URL, List.of(), recorder, cause -> {});
        assertThat(connections.take()).isEqualTo(URI.create(URL + "&zstdDictionary=7"));
        SocketListener listener = listeners.take();
        assertThat(listener.message(new byte[1], false)).isTrue();
        assertThat(listener.message(new byte[2], false)).isTrue();
        InvalidFrameException first = recorder.invalid.take();
        assertThat(first).hasMessage("decompress frame: larger than 5242880 bytes");
        assertThat(first.bytes().size()).isEqualTo(1);
        assertThat(recorder.invalid.take()).hasMessage("decompress frame: java.lang.IllegalStateException: bug");
    }
}
