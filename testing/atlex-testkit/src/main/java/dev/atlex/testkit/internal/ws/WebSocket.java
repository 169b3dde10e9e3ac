package dev.atlex.testkit.internal.ws;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.testkit.internal.ws.FrameReader.Frame;
import dev.atlex.testkit.internal.ws.FrameReader.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The server's end of a WebSocket. The response that completes the handshake is written with {@link #open}, or before the
 * first frame. So the server can register a connection before the client learns that it is open.
 *
 * <p>One thread calls {@link #read}: it responds to pings and to the closing handshake, and passes messages to a
 * listener. Any thread may send; the frames of different messages are never interleaved.
 */
public final class WebSocket {
    private static final int FIN = 0x80;

    /** How long to wait for a message that is being sent, before the connection is aborted instead of closed. */
    private static final int CLOSE_WAIT_MILLIS = 500;

    private final Closeable connection;
    private final FrameReader in;
    private final OutputStream out;
    private final ReentrantLock sending = new ReentrantLock();

    /** The response to write before the first frame. */
    private final byte[] handshake;

    /** Changed only with {@link #sending} held. */
    private volatile boolean open;

    /** Guarded by {@link #sending}. */
    private boolean closeSent;

    private volatile boolean silent;

    /** Receives the messages from the client. */
    public interface Listener {
        /** Receives a text message. */
        default void onText(String text) {}

        /** Receives a binary message. */
        default void onBinary(byte[] message) {}
    }

    /**
     * @param connection closed in order to abort the connection
     * @param handshake the response to the handshake
     */
    public WebSocket(Closeable connection, InputStream in, OutputStream out, byte[] handshake) {
        this.connection = connection;
        this.in = new FrameReader(in);
        this.out = out;
        this.handshake = handshake;
    }

    /**
     * Completes the handshake. Does nothing if it is complete.
     *
     * @throws IOException if the connection has ended
     */
    public void open() throws IOException {
        sending.lock();
        try {
            if (!open) {
                out.write(handshake);
                out.flush();
                open = true;
            }
        } finally {
            sending.unlock();
        }
    }

    /** Returns whether the handshake is complete. */
    public boolean isOpen() {
        return open;
    }

    /**
     * Ignores all frames of the client, including pings, like a peer that has vanished without closing the connection.
     */
    public void silence(boolean on) {
        silent = on;
    }

    /** Reads until the connection ends for any reason. */
    public void read(Listener listener) {
        try {
            open();
            readMessages(listener);
        } catch (ProtocolException e) {
            close(e.code, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            // The client has disconnected.
        } finally {
            abort();
        }
    }

    private void readMessages(Listener listener) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        int opcode = 0;
        while (true) {
            Frame frame = in.next();
            if (silent) {
                continue;
            }
            if (frame.isControl()) {
                if (!control(frame)) {
                    return;
                }
                continue;
            }
            if ((frame.opcode() == FrameReader.CONTINUATION) != (opcode != 0)) {
                throw new ProtocolException(1002, "a fragment is missing or misplaced");
            }
            opcode = opcode == 0 ? frame.opcode() : opcode;
            message.writeBytes(frame.payload());
            if (message.size() > FrameReader.MAX_MESSAGE) {
                throw new ProtocolException(1009, "message too big");
            }
            if (frame.last()) {
                if (opcode == FrameReader.TEXT) {
                    listener.onText(text(message.toByteArray()));
                } else {
                    listener.onBinary(message.toByteArray());
                }
                message.reset();
                opcode = 0;
            }
        }
    }

    /** Handles a control frame. Returns false if it ends the connection. */
    private boolean control(Frame frame) throws IOException {
        switch (frame.opcode()) {
            case FrameReader.PING -> write(FrameReader.PONG, frame.payload());
            case FrameReader.CLOSE -> {
                byte[] payload = frame.payload();
                if (payload.length == 1) {
                    throw new ProtocolException(1002, "truncated close code");
                }
                if (payload.length > 2) {
                    text(Arrays.copyOfRange(payload, 2, payload.length));
                }
                sendClose(payload.length == 0 ? payload : Arrays.copyOf(payload, 2));
                return false;
            }
            default -> {} // a pong
        }
        return true;
    }

    private static String text(byte[] utf8) throws ProtocolException {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException e) {
            throw new ProtocolException(1007, "invalid UTF-8");
        }
    }

    /**
     * Sends a binary message.
     *
     * @param fragment the size of the frames to split it into; 0 for one frame
     * @throws IOException if the connection has ended, or this side has closed it
     */
    public void sendBinary(byte[] message, int fragment) throws IOException {
        send(FrameReader.BINARY, message, fragment);
    }

    /** Sends a text message, like {@link #sendBinary}. */
    public void sendText(String message, int fragment) throws IOException {
        send(FrameReader.TEXT, message.getBytes(UTF_8), fragment);
    }

    private void send(int opcode, byte[] message, int fragment) throws IOException {
        sending.lock();
        try {
            int size = fragment > 0 ? fragment : Math.max(1, message.length);
            int at = 0;
            do {
                int end = Math.min(message.length, at + size);
                boolean last = end == message.length;
                frame((last ? FIN : 0) | (at == 0 ? opcode : FrameReader.CONTINUATION), message, at, end);
                at = end;
            } while (at < message.length);
            out.flush();
        } finally {
            sending.unlock();
        }
    }

    private void write(int opcode, byte[] payload) throws IOException {
        sending.lock();
        try {
            if (!closeSent) {
                frame(FIN | opcode, payload, 0, payload.length);
                out.flush();
            }
        } finally {
            sending.unlock();
        }
    }

    private void frame(int first, byte[] payload, int from, int to) throws IOException {
        if (closeSent) {
            throw new IOException("the WebSocket is closed");
        }
        open();
        int length = to - from;
        ByteBuffer frame = ByteBuffer.allocate(10 + length).put((byte) first);
        if (length < 126) {
            frame.put((byte) length);
        } else if (length <= 0xffff) {
            frame.put((byte) 126).putShort((short) length);
        } else {
            frame.put((byte) 127).putLong(length);
        }
        frame.put(payload, from, length);
        out.write(frame.array(), 0, frame.position());
    }

    /**
     * Starts the closing handshake. The connection ends when the client responds, or closes it.
     *
     * @param code a close code, such as 1008 for a violated policy; if the client doesn't read, the connection is aborted
     */
    public void close(int code, String reason) {
        byte[] text = reason.getBytes(UTF_8);
        byte[] payload = new byte[2 + Math.min(text.length, 123)];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, payload.length - 2);
        try {
            // A consumer that doesn't read blocks the sending thread, and must not block this one, too.
            if (sending.tryLock(CLOSE_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                try {
                    sendClose(payload);
                } finally {
                    sending.unlock();
                }
            } else {
                abort();
            }
        } catch (IOException e) {
            abort();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            abort();
        }
    }

    private void sendClose(byte[] payload) throws IOException {
        sending.lock();
        try {
            if (!closeSent) {
                frame(FIN | FrameReader.CLOSE, payload, 0, payload.length);
                out.flush();
                closeSent = true;
            }
        } finally {
            sending.unlock();
        }
    }

    /** Closes the connection without a closing handshake. */
    public void abort() {
        try {
            connection.close();
        } catch (IOException e) {
            // The connection is being abandoned anyway.
        }
    }
}
