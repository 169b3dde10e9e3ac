package dev.atlex.benchmarks.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

/**
 * A WebSocket server that sends the same events again and again, with increasing sequence numbers, as fast as it can.
 */
final class FrameServer implements AutoCloseable {
    private final ServerSocket listener;
    private final List<byte[]> frames;
    private final boolean text;
    private final Thread thread;

    FrameServer(List<byte[]> frames, boolean text) throws IOException {
        this.frames = frames;
        this.text = text;
        this.listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        this.thread = new Thread(this::serve, "frame-server");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "ws://127.0.0.1:" + listener.getLocalPort();
    }

    /** Returns the processor time of the server in nanoseconds. */
    long cpuTime() {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId());
    }

    private void serve() {
        try (Socket socket = listener.accept()) {
            handshake(socket);
            OutputStream out = socket.getOutputStream();
            for (long round = 0; ; round++) {
                out.write(round(round));
            }
        } catch (IOException | GeneralSecurityException e) {
            // the consumer has closed the connection
        }
    }

    private static void handshake(Socket socket) throws IOException, GeneralSecurityException {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
            request.append((char) socket.getInputStream().read());
        }
        String key = header(request.toString(), "sec-websocket-key");
        String protocol = header(request.toString(), "sec-websocket-protocol");
        byte[] hash = MessageDigest.getInstance("SHA-1")
                .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(ISO_8859_1));
        String chosen = protocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + protocol + "\r\n";
        socket.getOutputStream()
                .write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" + chosen
                                + "Sec-WebSocket-Accept: "
                                + Base64.getEncoder().encodeToString(hash) + "\r\n\r\n")
                        .getBytes(ISO_8859_1));
    }

    private static String header(String request, String name) {
        return request.lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    /** Returns all events as WebSocket frames. The sequence numbers have a fixed number of digits or bytes. */
    private byte[] round(long round) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (int i = 0; i < frames.size(); i++) {
            byte[] frame = Sequences.replace(frames.get(i), text, 1_000_000_000L + round * frames.size() + i);
            out.write(text ? 0x81 : 0x82);
            out.write(126);
            out.writeShort(frame.length);
            out.write(frame);
        }
        return bytes.toByteArray();
    }

    /**
     * Writes the events to files for other languages: each with a length of four bytes before it, or each on its own
     * line.
     */
    static void write(String folder, StreamFrames frames) throws IOException {
        ByteArrayOutputStream firehose = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(firehose);
        for (byte[] frame : frames.firehose()) {
            out.writeInt(frame.length);
            out.write(frame);
        }
        StringBuilder jetstream = new StringBuilder();
        frames.jetstream()
                .forEach(frame -> jetstream
                        .append(new String(frame, StandardCharsets.UTF_8))
                        .append('\n'));
        Files.createDirectories(Path.of(folder));
        Files.write(Path.of(folder, "firehose.bin"), firehose.toByteArray());
        Files.writeString(Path.of(folder, "jetstream.jsonl"), jetstream);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
