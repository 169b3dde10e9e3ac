package dev.atlex.examples.recipes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A labeler that implements only {@code subscribeLabels}. It can be stopped and started again on the same port. */
final class LabelServer implements AutoCloseable {
    private static final Pattern CURSOR = Pattern.compile("cursor=(\\d+)");
    private static final Pattern KEY = Pattern.compile("(?i)sec-websocket-key: *(\\S+)");

    private final List<byte[]> labels = new ArrayList<>();
    private final List<Socket> consumers = new ArrayList<>();
    private ServerSocket listener;
    private Thread acceptor;

    LabelServer() {
        start(0);
    }

    String url() {
        return "ws://127.0.0.1:" + listener.getLocalPort();
    }

    private void start(int port) {
        try {
            ServerSocket opened = new ServerSocket();
            opened.setReuseAddress(true);
            opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            listener = opened;
            acceptor = new Thread(() -> accept(opened), "label-server");
            acceptor.setDaemon(true);
            acceptor.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket opened) {
        while (!opened.isClosed()) {
            try {
                open(opened.accept());
            } catch (IOException e) {
                // stopped, or the consumer has gone
            }
        }
    }

    private synchronized void open(Socket consumer) throws IOException {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
            request.append((char) consumer.getInputStream().read());
        }
        Matcher key = KEY.matcher(request);
        Matcher cursor = CURSOR.matcher(request);
        if (!key.find()) {
            throw new IOException("not a WebSocket handshake");
        }
        OutputStream out = consumer.getOutputStream();
        out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + accept(key.group(1)) + "\r\n\r\n")
                .getBytes(ISO_8859_1));
        int first = cursor.find() ? Integer.parseInt(cursor.group(1)) : labels.size();
        for (byte[] label : labels.subList(first, labels.size())) {
            out.write(label);
        }
        out.flush();
        consumers.add(consumer);
        notifyAll();
    }

    private static String accept(String key) {
        try {
            byte[] text = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(ISO_8859_1);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    synchronized void awaitConsumer() throws InterruptedException {
        while (consumers.isEmpty()) {
            wait();
        }
    }

    /** Creates a label, also while the server is stopped. */
    synchronized void label(String uri, String value, boolean negated) throws IOException {
        LexMap label = LexMap.builder()
                .put("src", "did:plc:labeler222222222222222222")
                .put("uri", uri)
                .put("val", value)
                .put("neg", negated)
                .put("cts", "2026-11-27T16:00:00.000Z")
                .build();
        byte[] frame = frame(labels.size() + 1, label);
        labels.add(frame);
        for (Socket consumer : consumers) {
            consumer.getOutputStream().write(frame);
        }
    }

    private static byte[] frame(long sequence, LexMap label) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.writeBytes(
                LexMap.builder().put("op", 1).put("t", "#labels").build().toCbor());
        payload.writeBytes(LexMap.builder()
                .put("seq", sequence)
                .put("labels", LexArray.of(label))
                .build()
                .toCbor());
        ByteBuffer frame = ByteBuffer.allocate(4 + payload.size());
        frame.put((byte) 0x82).put((byte) 126).putShort((short) payload.size()).put(payload.toByteArray());
        return frame.array();
    }

    /** Stops the server as a crash does. Its labels stay. */
    void stop() throws IOException, InterruptedException {
        listener.close();
        acceptor.join(); // the port is in use until then
        disconnect();
    }

    private synchronized void disconnect() throws IOException {
        for (Socket consumer : consumers) {
            consumer.setSoLinger(true, 0);
            consumer.close();
        }
        consumers.clear();
    }

    void restart() {
        start(listener.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        listener.close();
        disconnect();
    }
}
