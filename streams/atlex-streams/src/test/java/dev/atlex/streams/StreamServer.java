package dev.atlex.streams;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A WebSocket server whose behavior each test scripts, so that it can do what a correct server never does. The script
 * runs on a separate thread for each connection.
 */
public final class StreamServer implements AutoCloseable {
    private final ServerSocket server;
    private final Script script;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final Thread acceptor;

    /** Defines what the server does with a connection. */
    public interface Script {
        /** @param number the number of the connection, from 1 */
        void run(Connection connection, int number) throws Exception;
    }

    /** Starts the server on any port. */
    public StreamServer(Script script) throws IOException {
        this(0, script);
    }

    /**
     * Starts the server.
     *
     * @param port the port of a server that has been closed, or 0 for any port
     */
    public StreamServer(int port, Script script) throws IOException {
        this.script = script;
        this.server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        this.acceptor = start(this::accept);
    }

    /** Returns the port. */
    public int port() {
        return server.getLocalPort();
    }

    /** Returns the URL of the server. */
    public String url() {
        return "ws://localhost:" + port();
    }

    List<Connection> connections() {
        return connections;
    }

    private static Thread start(Runnable run) {
        Thread thread = new Thread(run, "stream-server");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Connection connection = new Connection(server.accept());
                connections.add(connection);
                int number = connections.size();
                start(() -> run(connection, number));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void run(Connection connection, int number) {
        try {
            connection.readRequest();
            script.run(connection, number);
        } catch (IOException e) {
            // the client has disconnected
        } catch (Throwable e) {
            failures.add(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        joinAcceptor();
        for (Connection connection : connections) {
            connection.drop();
        }
        if (!failures.isEmpty()) {
            throw new AssertionError("the server's script failed", failures.get(0));
        }
    }

    /** The port is in use until the acceptor has ended. */
    private void joinAcceptor() {
        try {
            acceptor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A connection to a client, before and after the handshake. */
    public static final class Connection {
        private final Socket socket;
        private final DataInputStream in;
        private final OutputStream out;
        private String request = "";
        private String key = "";
        private String subprotocols = "";

        /** Opens when the client has sent a ping. */
        final CountDownLatch pinged = new CountDownLatch(1);

        Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new DataInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
        }

        private void readRequest() throws IOException {
            request = line();
            for (String line = line(); !line.isEmpty(); line = line()) {
                String lower = line.toLowerCase(java.util.Locale.ROOT);
                if (lower.startsWith("sec-websocket-key:")) {
                    key = line.substring(line.indexOf(':') + 1).strip();
                } else if (lower.startsWith("sec-websocket-protocol:")) {
                    subprotocols = line.substring(line.indexOf(':') + 1).strip();
                }
            }
        }

        private String line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = in.readUnsignedByte(); b != '\n'; b = in.readUnsignedByte()) {
                if (b != '\r') {
                    line.write(b);
                }
            }
            return line.toString(ISO_8859_1);
        }

        /** Returns the path and query. */
        String target() {
            return request.split(" ")[1];
        }

        String subprotocols() {
            return subprotocols;
        }

        /** Returns the cursor of the request, or null. */
        public Long cursor() {
            int at = target().indexOf("cursor=");
            return at < 0
                    ? null
                    : Long.valueOf(target().substring(at + "cursor=".length()).split("&")[0]);
        }

        /** Accepts the handshake. */
        public void open() throws IOException {
            open("");
        }

        void open(String headers) throws IOException {
            raw("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + accept() + "\r\n" + headers + "\r\n");
        }

        /** Returns the value that proves that the server has read the request. */
        public String accept() {
            return Base64.getEncoder()
                    .encodeToString(sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(ISO_8859_1)));
        }

        /** Sends any text, one byte a character. */
        public void raw(String text) throws IOException {
            out.write(text.getBytes(ISO_8859_1));
            out.flush();
        }

        /** Reads until the client closes the connection. */
        public void awaitEnd() throws IOException {
            in.transferTo(OutputStream.nullOutputStream());
        }

        private static byte[] sha1(byte[] bytes) {
            try {
                return MessageDigest.getInstance("SHA-1").digest(bytes);
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError(e);
            }
        }

        public void refuse(int status, String headers, String json) throws IOException {
            byte[] body = json.getBytes(UTF_8);
            out.write(("HTTP/1.1 " + status + " Refused\r\nContent-Type: application/json\r\nContent-Length: "
                            + body.length + "\r\n" + headers + "\r\n")
                    .getBytes(ISO_8859_1));
            out.write(body);
            out.flush();
        }

        public void binary(byte[] message) throws IOException {
            frame(0x82, message);
        }

        /** Sends only the first half of a binary message's frame. */
        public void halfOf(byte[] message) throws IOException {
            byte[] frame = encode(0x82, message);
            out.write(frame, 0, frame.length / 2);
            out.flush();
        }

        void text(String message) throws IOException {
            frame(0x81, message.getBytes(UTF_8));
        }

        /** Sends a close frame. */
        public void close(int code, String reason) throws IOException {
            ByteArrayOutputStream payload = new ByteArrayOutputStream();
            payload.write(code >>> 8);
            payload.write(code);
            payload.writeBytes(reason.getBytes(UTF_8));
            frame(0x88, payload.toByteArray());
        }

        /** Sends a frame in one piece. */
        public synchronized void frame(int head, byte[] payload) throws IOException {
            out.write(encode(head, payload));
            out.flush();
        }

        private static byte[] encode(int head, byte[] payload) {
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            frame.write(head);
            if (payload.length < 126) {
                frame.write(payload.length);
            } else {
                boolean small = payload.length <= 0xffff;
                frame.write(small ? 126 : 127);
                for (int shift = small ? 8 : 56; shift >= 0; shift -= 8) {
                    frame.write(shift > 31 ? 0 : payload.length >>> shift);
                }
            }
            frame.writeBytes(payload);
            return frame.toByteArray();
        }

        /** Reads the client's frames and responds to pings, until the client disconnects. */
        void serve() throws IOException {
            while (true) {
                int opcode = in.readUnsignedByte() & 0xf;
                int length = in.readUnsignedByte() & 0x7f;
                byte[] mask = new byte[4];
                in.readFully(mask);
                byte[] payload = new byte[length];
                in.readFully(payload);
                for (int i = 0; i < length; i++) {
                    payload[i] ^= mask[i % 4];
                }
                if (opcode == 9) {
                    pinged.countDown();
                    frame(0x8a, payload);
                } else if (opcode == 8) {
                    return;
                }
            }
        }

        /** Ends the connection without a close frame, as when the server's process exits. */
        public void end() throws IOException {
            socket.close();
        }

        /** Drops the connection, as after a crash or a network failure. */
        public void drop() {
            try {
                if (!socket.isClosed()) {
                    socket.setSoLinger(true, 0);
                    socket.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
