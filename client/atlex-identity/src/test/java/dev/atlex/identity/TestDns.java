package dev.atlex.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A scripted DNS server on the loopback interface, with the same port for UDP and TCP. */
final class TestDns implements AutoCloseable {
    /** Returns the messages to send for a query: UDP packets, or TCP messages without their length prefix. */
    interface Script {
        List<byte[]> answers(Question question) throws Exception;
    }

    /**
     * A query.
     *
     * @param bytes the complete message
     * @param number the number of the query on its protocol, from 1
     */
    record Question(int id, String name, int type, byte[] bytes, int number) {}

    /** The queried names, on both protocols. */
    final Queue<String> asked = new ConcurrentLinkedQueue<>();

    /** The TXT records that the default script returns, by name. */
    final Map<String, List<String>> texts = new ConcurrentHashMap<>();

    volatile Script udp = this::fromTexts;
    volatile Script tcp = this::fromTexts;

    private final DatagramSocket datagrams;
    private final ServerSocket connections;
    private int udpNumber;
    private int tcpNumber;

    TestDns() {
        try {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            connections = new ServerSocket(0, 10, loopback);
            datagrams = new DatagramSocket(connections.getLocalPort(), loopback);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::serveUdp);
        daemon(this::serveTcp);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), connections.getLocalPort());
    }

    DnsResolver client() {
        return client(Duration.ofSeconds(20));
    }

    DnsResolver client(Duration timeout) {
        return DnsResolver.of(List.of(address()), timeout);
    }

    private List<byte[]> fromTexts(Question question) {
        List<String> found = texts.get(question.name());
        if (found == null) {
            return List.of(message(question, 0x8183));
        }
        return List.of(message(
                question,
                0x8180,
                found.stream().map(text -> txt(question.name(), text)).toArray(byte[][]::new)));
    }

    /** Returns a response with the question and the given records. */
    static byte[] message(Question question, int flags, byte[]... records) {
        return write(out -> {
            out.writeShort(question.id());
            out.writeShort(flags);
            out.writeShort(1);
            out.writeShort(records.length);
            out.writeInt(0);
            out.write(question.bytes(), 12, question.bytes().length - 12);
            for (byte[] record : records) {
                out.write(record);
            }
        });
    }

    /** Returns a TXT record; each part has at most 255 bytes. */
    static byte[] txt(String owner, String... parts) {
        return record(name(owner), 16, write(out -> {
            for (String part : parts) {
                out.writeByte(part.getBytes(UTF_8).length);
                out.write(part.getBytes(UTF_8));
            }
        }));
    }

    static byte[] cname(String owner, String target) {
        return record(name(owner), 5, name(target));
    }

    static byte[] record(byte[] owner, int type, byte[] data) {
        return write(out -> {
            out.write(owner);
            out.writeShort(type);
            out.writeShort(1);
            out.writeInt(300);
            out.writeShort(data.length);
            out.write(data);
        });
    }

    static byte[] name(String name) {
        return write(out -> {
            for (String label : name.split("\\.")) {
                out.writeByte(label.length());
                out.write(label.getBytes(US_ASCII));
            }
            out.writeByte(0);
        });
    }

    interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    static byte[] write(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writing.to(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private Question question(byte[] bytes, int number) {
        StringBuilder name = new StringBuilder();
        int at = 12;
        while (bytes[at] != 0) {
            name.append(name.length() == 0 ? "" : ".").append(new String(bytes, at + 1, bytes[at], US_ASCII));
            at += bytes[at] + 1;
        }
        asked.add(name.toString());
        int id = (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
        return new Question(id, name.toString(), bytes[at + 2], bytes, number);
    }

    private void serveUdp() {
        byte[] buffer = new byte[512];
        while (!datagrams.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                datagrams.receive(packet);
                byte[] bytes = Arrays.copyOf(buffer, packet.getLength());
                for (byte[] answer : udp.answers(question(bytes, ++udpNumber))) {
                    datagrams.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (Exception e) {
                // The client gets no response; the test asserts how it handles that.
            }
        }
    }

    private void serveTcp() {
        while (!connections.isClosed()) {
            try (Socket socket = connections.accept()) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                byte[] bytes = in.readNBytes(in.readUnsignedShort());
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                for (byte[] answer : tcp.answers(question(bytes, ++tcpNumber))) {
                    out.writeShort(answer.length);
                    out.write(answer);
                }
            } catch (Exception e) {
                // Like in serveUdp.
            }
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "test-dns");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        datagrams.close();
        try {
            connections.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
