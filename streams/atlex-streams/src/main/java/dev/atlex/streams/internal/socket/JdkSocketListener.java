package dev.atlex.streams.internal.socket;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.Bytes;
import dev.atlex.data.internal.Excerpt;
import dev.atlex.streams.InvalidFrameException;
import dev.atlex.streams.StreamException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Assembles messages from their parts and passes them to the listener. The JDK calls it from one thread at a time. */
final class JdkSocketListener implements WebSocket.Listener {
    /** The number of bytes of an oversized message that are kept for the report. */
    private static final int HEAD = 64 * 1024;

    /** The longest time that a message may take, from its first part to its last. */
    static final Duration MESSAGE_TIMEOUT = Duration.ofSeconds(60);

    /** The maximum length of the server's text in a message, in characters. */
    private static final int MAX_SHOWN = 200;

    private final SocketListener listener;
    private final int maxMessage;
    private final LongSupplier nanoTime;
    private final UnaryOperator<String> redaction;
    private final AtomicBoolean ended = new AtomicBoolean();

    /** The parts of an incomplete message, or null between messages. */
    private @Nullable ByteArrayOutputStream parts;

    /** The first bytes of a message that exceeds the limit, or null. Its remaining parts are discarded. */
    private @Nullable Bytes oversized;

    /** When the first part of an incomplete message arrived, in {@code nanoTime}. */
    private long started;

    private boolean incomplete;

    /** @param redaction removes secrets from the reason of a close frame, which may quote the handshake */
    JdkSocketListener(SocketListener listener, int maxMessage, LongSupplier nanoTime, UnaryOperator<String> redaction) {
        this.listener = listener;
        this.maxMessage = maxMessage;
        this.nanoTime = nanoTime;
        this.redaction = redaction;
    }

    @Override
    public void onOpen(WebSocket socket) {
        listener.opened(new JdkSocket(socket, this::lost));
        socket.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        return part(socket, part, false, last);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        return part(socket, data.toString().getBytes(UTF_8), true, last);
    }

    private @Nullable CompletionStage<?> part(WebSocket socket, byte[] part, boolean text, boolean last) {
        if (isOverdue(socket)) {
            return null;
        }
        listener.activity();
        if (!incomplete) {
            started = nanoTime.getAsLong();
        }
        incomplete = !last;
        byte[] message = append(part, last);
        if (!last || message == null && !completesOversized() || deliver(message, text)) {
            socket.request(1);
        }
        return null;
    }

    /**
     * Ends the connection if a message has been incomplete for too long. A server that sends one byte now and then, or
     * only pongs, would otherwise look alive forever without sending any event.
     */
    private boolean isOverdue(WebSocket socket) {
        if (!incomplete || nanoTime.getAsLong() - started < MESSAGE_TIMEOUT.toNanos()) {
            return false;
        }
        parts = null;
        socket.abort();
        end(new StreamException(
                "a message from the server was still incomplete after " + MESSAGE_TIMEOUT.toSeconds() + " s", null));
        return true;
    }

    /** Returns the whole message, or null if it is incomplete or too large. */
    private byte @Nullable [] append(byte[] part, boolean last) {
        if (oversized != null) {
            return null;
        }
        int before = parts == null ? 0 : parts.size();
        if (part.length > maxMessage - before) {
            oversized = head(part);
            parts = null;
            return null;
        }
        if (last && before == 0) {
            return part;
        }
        if (parts == null) {
            parts = new ByteArrayOutputStream(2 * part.length);
        }
        parts.write(part, 0, part.length);
        if (!last) {
            return null;
        }
        byte[] whole = parts.toByteArray();
        parts = null;
        return whole;
    }

    private Bytes head(byte[] part) {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        if (parts != null) {
            byte[] before = parts.toByteArray();
            head.write(before, 0, Math.min(HEAD, before.length));
        }
        head.write(part, 0, Math.min(part.length, HEAD - Math.min(HEAD, head.size())));
        return Bytes.wrap(Arrays.copyOf(head.toByteArray(), Math.min(HEAD, head.size())));
    }

    private boolean completesOversized() {
        return oversized != null;
    }

    private boolean deliver(byte @Nullable [] message, boolean text) {
        if (message != null) {
            return listener.message(message, text);
        }
        Bytes head = oversized == null ? Bytes.wrap(new byte[0]) : oversized;
        oversized = null;
        return listener.invalid(new InvalidFrameException(
                "decode frame: the frame is larger than " + maxMessage + " bytes", head, null));
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
        return control(socket);
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
        return control(socket);
    }

    private @Nullable CompletionStage<?> control(WebSocket socket) {
        if (!isOverdue(socket)) {
            listener.activity();
            socket.request(1);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        String shown = reason.isEmpty() ? "" : " " + Excerpt.line(redaction.apply(reason), MAX_SHOWN);
        end(new StreamException("the server closed the connection (" + status + shown + ")", null));
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        lost(error);
    }

    private void lost(Throwable error) {
        // The JDK's only word for an end that arrived while no message was requested; see JdkSockets.
        String reason = error instanceof InternalError
                ? "it ended without a close frame"
                : Excerpt.line(error.toString(), MAX_SHOWN);
        end(new StreamException("the connection was lost (" + reason + ")", error));
    }

    private void end(StreamException cause) {
        if (ended.compareAndSet(false, true)) {
            listener.closed(cause);
        }
    }

    private record JdkSocket(WebSocket socket, Consumer<Throwable> lost) implements StreamSocket {
        @Override
        public void request() {
            socket.request(1);
        }

        @Override
        public CompletableFuture<?> send(String text) {
            return socket.sendText(text, true).whenComplete((sent, failure) -> report(failure));
        }

        @Override
        public void ping() {
            socket.sendPing(ByteBuffer.allocate(0)).whenComplete((sent, failure) -> report(failure));
        }

        private void report(@Nullable Throwable failure) {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause instanceof IOException) { // otherwise, the previous message is still waiting to be sent
                lost.accept(cause);
            }
        }

        @Override
        public void abort() {
            socket.abort();
        }
    }
}
