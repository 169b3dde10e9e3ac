package dev.atlex.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.atlex.testkit.LocalPds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A PDS with a PLC directory, and a DNS server for the TXT records in {@link #txt}. */
final class Network implements AutoCloseable {
    final LocalPds pds = LocalPds.start();
    final Map<String, String> txt = new ConcurrentHashMap<>();
    private final DatagramSocket socket;

    Network() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "dns");
        thread.setDaemon(true);
        thread.start();
    }

    /** Appends the options that make a command use this network. */
    String[] args(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--plc", pds.plcUrl().toString(), "--allow-private"));
        all.addAll(List.of("--dns", "127.0.0.1:" + socket.getLocalPort()));
        return all.toArray(new String[0]);
    }

    private void serve() {
        byte[] buffer = new byte[512];
        while (true) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                byte[] response = respond(Arrays.copyOf(buffer, packet.getLength()));
                socket.send(new DatagramPacket(response, response.length, packet.getSocketAddress()));
            } catch (IOException e) {
                return;
            }
        }
    }

    private byte[] respond(byte[] query) {
        StringBuilder name = new StringBuilder();
        int at = 12;
        while (query[at] != 0) {
            name.append(name.isEmpty() ? "" : ".").append(new String(query, at + 1, query[at], ISO_8859_1));
            at += 1 + query[at];
        }
        String text = txt.get(name.toString());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(query, 0, 2);
        // Header: a response, recursion desired and available, one question, zero or one resource record.
        out.writeBytes(new byte[] {(byte) 0x81, (byte) 0x80, 0, 1, 0, (byte) (text == null ? 0 : 1), 0, 0, 0, 0});
        out.write(query, 12, at + 5 - 12);
        if (text != null) {
            out.writeBytes(new byte[] {(byte) 0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, (byte) (text.length() + 1)});
            out.write(text.length());
            out.writeBytes(text.getBytes(ISO_8859_1));
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
        pds.close();
    }
}
