package dev.atlex.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A consumer of an event stream that doesn't use Atlex's client: the JDK's WebSocket, and the frames it receives. */
final class RawConsumer implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    final BlockingQueue<String> pongs = new LinkedBlockingQueue<>();
    final WebSocket socket;

    /** The total number of frames, which is higher than the number of messages if they are fragmented. */
    volatile int parts;

    /** @param query the parameters with a question mark, or empty */
    RawConsumer(LocalPds pds, String query) {
        this(pds, query, Long.MAX_VALUE);
    }

    /** @param demand the number of callbacks to request */
    RawConsumer(LocalPds pds, String query, long demand) {
        this(pds.pdsUrl() + "/xrpc/com.atproto.sync.subscribeRepos" + query, demand);
    }

    /** @param subprotocols the subprotocols to offer, in order of preference */
    RawConsumer(String url, long demand, String... subprotocols) {
        WebSocket.Builder builder = CLIENT.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(10));
        if (subprotocols.length > 0) {
            builder.subprotocols(subprotocols[0], Arrays.copyOfRange(subprotocols, 1, subprotocols.length));
        }
        socket = builder.buildAsync(URI.create(url.replace("http:", "ws:")), new WebSocket.Listener() {
                    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

                    @Override
                    public void onOpen(WebSocket webSocket) {
                        webSocket.request(demand);
                    }

                    @Override
                    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
                        byte[] part = new byte[data.remaining()];
                        data.get(part);
                        return add(part, last);
                    }

                    @Override
                    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
                        return add(data.toString().getBytes(UTF_8), last);
                    }

                    private CompletionStage<?> add(byte[] part, boolean last) {
                        message.writeBytes(part);
                        parts++;
                        if (last) {
                            frames.add(message.toByteArray());
                            message.reset();
                        }
                        return null;
                    }

                    @Override
                    public CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer data) {
                        byte[] payload = new byte[data.remaining()];
                        data.get(payload);
                        pongs.add(new String(payload, UTF_8));
                        return null;
                    }

                    @Override
                    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
                        closed.complete(code + " " + reason);
                        return null;
                    }

                    @Override
                    public void onError(WebSocket webSocket, Throwable error) {
                        closed.complete("broken");
                    }
                })
                .join();
    }

    /** A frame. */
    record Frame(LexMap header, LexMap body) {
        static Frame of(byte[] bytes) {
            for (int i = 1; i < bytes.length; i++) {
                try {
                    LexMap header = (LexMap) LexValue.parseCbor(Arrays.copyOf(bytes, i));
                    return new Frame(header, (LexMap) LexValue.parseCbor(Arrays.copyOfRange(bytes, i, bytes.length)));
                } catch (LexDataException e) {
                    // the header is longer
                }
            }
            throw new AssertionError("not two CBOR objects: " + bytes.length + " bytes");
        }

        String type() {
            return header.getString("t");
        }

        long seq() {
            return body.getInteger("seq");
        }
    }

    byte[] nextBytes() throws InterruptedException {
        byte[] bytes = frames.poll(10, TimeUnit.SECONDS);
        assertThat(bytes).as("a frame within 10 s").isNotNull();
        return bytes;
    }

    Frame next() throws InterruptedException {
        return Frame.of(nextBytes());
    }

    LexMap nextJson() throws InterruptedException {
        return (LexMap) LexValue.parseJson(new String(nextBytes(), UTF_8));
    }

    List<Frame> next(int count) throws InterruptedException {
        List<Frame> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(next());
        }
        return all;
    }

    int waiting() {
        return frames.size();
    }

    /**
     * Waits until the connection ends, and returns the close code and reason, or {@code broken}. The JDK's client
     * doesn't detect an end that comes right after data, so this method sends pings, which then fail.
     */
    String ending() throws Exception {
        for (int i = 0; i < 100; i++) {
            try {
                return closed.get(100, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                socket.sendPing(ByteBuffer.allocate(0)).exceptionally(error -> {
                    closed.complete("broken");
                    return null;
                });
            }
        }
        throw new AssertionError("the connection didn't end within 10 s");
    }

    @Override
    public void close() {
        socket.abort();
    }
}
