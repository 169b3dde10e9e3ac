package dev.atlex.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A DNS server on loopback, over UDP, with TXT records of one string each. */
final class TxtDns implements AutoCloseable {
    private static final int HEADER = 12;
    private static final int NO_SUCH_NAME = 3;

    private final Map<String, String> records = new ConcurrentHashMap<>();
    private final DatagramSocket socket;
    private final Thread thread = new Thread(this::serve, "txt-dns");

    TxtDns() {
        try {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.setDaemon(true);
        thread.start();
    }

    void put(String name, String text) {
        records.put(name, text);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private void serve() {
        byte[] buffer = new byte[512];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                byte[] answer = answer(Arrays.copyOf(buffer, packet.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException e) {
                // Closed, or a datagram was lost.
                continue;
            }
        }
    }

    /** Returns the response: the question, followed by the record of this name, if there is one. */
    private byte[] answer(byte[] query) {
        StringBuilder name = new StringBuilder();
        int at = HEADER;
        while (query[at] != 0) {
            name.append(name.isEmpty() ? "" : ".").append(new String(query, at + 1, query[at], US_ASCII));
            at += query[at] + 1;
        }
        String text = records.get(name.toString());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(HEADER)
                .put(query, 0, 2)
                .putShort((short) (0x8400 | (text == null ? NO_SUCH_NAME : 0)))
                .putShort((short) 1)
                .putShort((short) (text == null ? 0 : 1))
                .array());
        out.write(query, HEADER, at + 5 - HEADER);
        if (text != null) {
            byte[] string = text.getBytes(US_ASCII);
            out.writeBytes(ByteBuffer.allocate(13 + string.length)
                    .putShort((short) (0xc000 | HEADER))
                    .putShort((short) 16)
                    .putShort((short) 1)
                    .putInt(60)
                    .putShort((short) (string.length + 1))
                    .put((byte) string.length)
                    .put(string)
                    .array());
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
    }
}
