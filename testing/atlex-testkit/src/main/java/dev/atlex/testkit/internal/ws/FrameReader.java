package dev.atlex.testkit.internal.ws;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the frames that a client sends.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-5">RFC 6455: data framing</a>
 */
final class FrameReader {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    /** The maximum size of a client's message. Clients of event streams send little. */
    static final int MAX_MESSAGE = 1 << 20;

    private static final int MAX_CONTROL = 125;

    private final DataInputStream in;

    FrameReader(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /** A frame, unmasked. */
    record Frame(boolean last, int opcode, byte[] payload) {
        boolean isControl() {
            return opcode >= CLOSE;
        }
    }

    /**
     * Reads the next frame.
     *
     * @throws EOFException if the client closed the connection
     * @throws ProtocolException if the client violates the protocol
     */
    Frame next() throws IOException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        boolean last = (first & 0x80) != 0;
        int opcode = first & 0x0f;
        if ((first & 0x70) != 0) {
            throw new ProtocolException(1002, "reserved bits without an extension");
        }
        if (opcode > PONG || opcode > BINARY && opcode < CLOSE) {
            throw new ProtocolException(1002, "unknown opcode");
        }
        if ((second & 0x80) == 0) {
            throw new ProtocolException(1002, "a client's frame must be masked");
        }
        long length = second & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        if (opcode >= CLOSE && (length > MAX_CONTROL || !last)) {
            throw new ProtocolException(1002, "a control frame must be short and unfragmented");
        }
        if (length < 0 || length > MAX_MESSAGE) {
            throw new ProtocolException(1009, "message too big");
        }
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes((int) length);
        if (mask.length < 4 || payload.length < length) {
            throw new EOFException();
        }
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
        return new Frame(last, opcode, payload);
    }

    /** Thrown if a client violates the protocol. The connection is closed with the code. */
    static final class ProtocolException extends IOException {
        private static final long serialVersionUID = 1L;

        final int code;

        ProtocolException(int code, String message) {
            super(message);
            this.code = code;
        }
    }
}
