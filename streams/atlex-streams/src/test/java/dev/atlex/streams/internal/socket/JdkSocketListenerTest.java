package dev.atlex.streams.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class JdkSocketListenerTest {
    private final RecordingListener calls = new RecordingListener();
    private final JdkSocketListener listener =
            new JdkSocketListener(calls, 1_000, () -> 0, text -> text.replace("secret", "[redacted]"));

    /** Opens a WebSocket whose pings fail. */
    private StreamSocket open(Throwable failure) {
        listener.onOpen((WebSocket) Proxy.newProxyInstance(
                WebSocket.class.getClassLoader(),
                new Class<?>[] {WebSocket.class},
                (proxy, method, arguments) ->
                        method.getName().equals("sendPing") ? CompletableFuture.failedFuture(failure) : null));
        return calls.opened.remove();
    }

    @Test
    void pingThatCannotBeWritten_endsTheConnectionOnce() {
        StreamSocket socket = open(new CompletionException(new IOException("closed output")));
        socket.ping();
        socket.ping();

        assertThat(calls.ends)
                .singleElement()
                .satisfies(end -> assertThat(end)
                        .hasMessage("the connection was lost (java.io.IOException: closed output)")
                        .hasCauseInstanceOf(IOException.class));
    }

    @Test
    void pingBehindAnotherOne_endsNothing() {
        open(new IllegalStateException("Send pending")).ping();

        assertThat(calls.ends).isEmpty();
    }

    @Test
    void closeReasonThatQuotesASecret_isRedacted() {
        listener.onClose(null, 1008, "wrong password secret");

        assertThat(calls.ends)
                .singleElement()
                .satisfies(end -> assertThat(end)
                        .hasMessage("the server closed the connection (1008 wrong password [redacted])"));
    }

    @Test
    void internalError_isReportedAsTheEndThatItMeans() {
        listener.onError(null, new InternalError());

        assertThat(calls.ends)
                .singleElement()
                .satisfies(
                        end -> assertThat(end).hasMessage("the connection was lost (it ended without a close frame)"));
    }
}
