package dev.atlex.testkit.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.testkit.internal.ws.WebSocket;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tests what happens to a connection while its handshake completes. */
class StreamHubTest {
    private final Firehose firehose = new Firehose(new StreamSettings(), Clock.systemUTC());
    private final StreamHub<FirehoseEvent> hub = firehose.hub();
    private final AtomicInteger aborted = new AtomicInteger();

    /**
     * Serves a client that disconnects as soon as the server reads from it.
     *
     * @param onHandshake runs when the client learns that its handshake has succeeded
     * @param onRead runs when the server reads from the client
     */
    private void serve(Runnable onHandshake, Runnable onRead) {
        OutputStream out = new OutputStream() {
            @Override
            public void write(int value) {
                onHandshake.run();
            }
        };
        InputStream in = new InputStream() {
            @Override
            public int read() {
                onRead.run();
                return -1;
            }
        };
        firehose.accept(null).accept(new WebSocket(aborted::incrementAndGet, in, out, new byte[1]));
    }

    @Test
    void reset_endsAConnectionWhoseHandshakeHasJustSucceeded() {
        AtomicInteger abortedByReset = new AtomicInteger();
        serve(
                () -> {
                    hub.reset();
                    abortedByReset.set(aborted.get());
                },
                () -> {});

        assertThat(abortedByReset).hasValue(1);
        assertThat(hub.connections()).isZero();
    }

    @Test
    void connection_isCountedWhileItIsOpen() {
        List<Integer> counts = new ArrayList<>();
        serve(() -> counts.add(hub.connections()), () -> counts.add(hub.connections()));
        counts.add(hub.connections());

        assertThat(counts).containsExactly(0, 1, 0);
    }
}
