package dev.atlex.streams.internal.socket;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.client.internal.ErrorPayload;
import dev.atlex.client.internal.RetryAfter;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.JdkTransport;
import dev.atlex.data.LexException;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.data.internal.Excerpt;
import dev.atlex.streams.StreamException;
import dev.atlex.streams.StreamRefusedException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Opens WebSockets with {@code java.net.http}.
 *
 * <p><b>Lost ends.</b> In JDK 17 to 25, the client reports the end of a connection only while it waits for a message. It
 * doesn't wait while a callback runs, nor while the queue is full. If the server then ends the connection without a close
 * frame, an {@code InternalError} is thrown inside the client. At best, it is passed to {@code onError}; usually, it is
 * swallowed, and no callback is called anymore. Other connections of the same {@code HttpClient} aren't affected. After
 * that, only pings reveal the end: the server's side rejects the first one, the next one can't be written, and the one
 * after it fails with an {@code IOException}.
 *
 * @see <a
 *     href="https://github.com/openjdk/jdk/blob/master/src/java.net.http/share/classes/jdk/internal/net/http/websocket/TransportImpl.java">TransportImpl.acknowledgeReception</a>
 */
public final class JdkSockets implements SocketConnector {
    /** The maximum size of a message: 5 MiB, more than any server in the network sends. */
    public static final int MAX_MESSAGE = 5 * 1024 * 1024;

    private static final int MAX_ERROR = 64 * 1024;
    private static final int MAX_SHOWN = 500;
    private static final int SWITCHING_PROTOCOLS = 101;

    private final JdkTransport transport;
    private final String nsid;
    private final Duration timeout;
    private final int maxMessage;
    private final HttpHeaders headers;
    private final UnaryOperator<String> redaction;

    /** Creates a connector for one subscription. */
    public JdkSockets(JdkTransport transport, String nsid, Duration timeout) {
        this(transport, nsid, timeout, MAX_MESSAGE);
    }

    JdkSockets(JdkTransport transport, String nsid, Duration timeout, int maxMessage) {
        this(transport, nsid, timeout, maxMessage, HttpHeaders.of(), UnaryOperator.identity());
    }

    private JdkSockets(
            JdkTransport transport,
            String nsid,
            Duration timeout,
            int maxMessage,
            HttpHeaders headers,
            UnaryOperator<String> redaction) {
        this.transport = transport;
        this.nsid = nsid;
        this.timeout = timeout;
        this.maxMessage = maxMessage;
        this.headers = headers;
        this.redaction = redaction;
    }

    /**
     * Returns the same connector with further headers in the handshake.
     *
     * @param redaction removes the secrets of these headers from the server's text that is shown
     */
    public JdkSockets withHeaders(HttpHeaders further, UnaryOperator<String> redaction) {
        return new JdkSockets(transport, nsid, timeout, maxMessage, further, redaction);
    }

    @Override
    public void connect(
            URI uri, List<String> subprotocols, SocketListener listener, Consumer<? super StreamException> failed) {
        CompletableFuture<WebSocket> opening = transport.openWebSocket(
                uri,
                headers,
                subprotocols,
                timeout,
                new JdkSocketListener(listener, maxMessage, System::nanoTime, redaction));
        // The JDK's own timeout ends with the headers, and it then collects the body of a refusal without a limit.
        opening.copy().orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).whenComplete((socket, failure) -> {
            if (failure != null) {
                opening.cancel(true);
                failed.accept(refusal(uri, failure));
            }
        });
    }

    private StreamException refusal(URI uri, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof WebSocketHandshakeException refused && refused.getResponse() != null) {
            return refused.getResponse().statusCode() == SWITCHING_PROTOCOLS
                    ? unreachable(uri, "the handshake is invalid: " + described(refused.getCause()), refused)
                    : refusal(refused.getResponse(), refused);
        } else if (cause instanceof TimeoutException) {
            return unreachable(uri, "the handshake took longer than " + timeout.toMillis() + " ms", cause);
        }
        return unreachable(uri, described(cause), cause);
    }

    private StreamException unreachable(URI uri, String problem, Throwable cause) {
        return new StreamException(nsid + ": can't connect to " + uri.getAuthority() + " (" + problem + ")", cause);
    }

    private String described(@Nullable Throwable cause) {
        return Excerpt.line(redaction.apply(String.valueOf(cause)), MAX_SHOWN);
    }

    private StreamRefusedException refusal(HttpResponse<?> response, Throwable cause) {
        int status = response.statusCode();
        HttpHeaders.Builder builder = HttpHeaders.builder();
        response.headers().map().forEach((name, values) -> values.forEach(value -> builder.add(name, value)));
        HttpHeaders received = builder.build();
        String body = text(response.body());
        String text = body == null ? null : redaction.apply(body);
        ErrorPayload error = ErrorPayload.of(nsid, status, received, text, json(text));
        return new StreamRefusedException(
                error.describe(nsid, status),
                status,
                error.error(),
                error.message(),
                RetryAfter.of(status, received, Clock.systemUTC()),
                cause);
    }

    private static @Nullable String text(@Nullable Object body) {
        byte[] bytes;
        if (body instanceof String string) {
            return string.isEmpty() ? null : string.substring(0, Math.min(string.length(), MAX_ERROR));
        } else if (body instanceof byte[] array) {
            bytes = array;
        } else if (body instanceof ByteBuffer buffer) {
            bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
        } else {
            return null;
        }
        return bytes.length == 0 ? null : new String(bytes, 0, Math.min(bytes.length, MAX_ERROR), UTF_8);
    }

    private static @Nullable LexValue json(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return LexReader.readJson(text.getBytes(UTF_8), ReadOptions.LENIENT, LexReader::readValue);
        } catch (LexException e) {
            return null; // such as an HTML page from a proxy
        }
    }
}
