package dev.atlex.testkit.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.atlex.testkit.internal.video.VideoService;
import dev.atlex.testkit.internal.ws.WebSocket;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection. Serves HTTP/1.1 requests one after the other, until either side closes it or it becomes a
 * WebSocket.
 */
final class HttpConnection {
    /** The maximum size of a body to keep, in bytes: more than three times the limit of any method. */
    private static final int MAX_BODY = 16 << 20;

    private static final String VIDEO_PATH = "/xrpc/" + VideoMethods.UPLOAD;

    private static final int MAX_HEAD = 64 << 10;
    private static final int LARGE = 64 << 10;
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1);

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private int headBudget;

    HttpConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
        this.out = socket.getOutputStream();
    }

    void serve(Function<Request, Delivery> handler) throws IOException {
        Request request = read();
        while (request != null) {
            Delivery delivery = handler.apply(request);
            boolean open = !request.oversized()
                    && !"close".equalsIgnoreCase(request.headers().get("connection"));
            Response response = delivery.response();
            if (response != null && response.upgrade != null && open && delivery.cutAt() < 0) {
                // The buffer is small, so that a consumer that doesn't read is detected soon.
                socket.setSendBufferSize(LARGE);
                response.upgrade.accept(new WebSocket(socket, in, out, head(response, "Upgrade")));
                return;
            }
            if (response == null || !write(request, response, delivery.cutAt(), open)) {
                return;
            }
            request = read();
        }
    }

    private @Nullable Request read() throws IOException {
        headBudget = MAX_HEAD;
        String line = line();
        while (line != null && line.isEmpty()) { // some clients send a line break after a body
            line = line();
        }
        if (line == null) {
            return null;
        }
        String[] parts = line.split(" ", -1);
        if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
            throw new IOException("not an HTTP/1.1 request line (got " + parts.length + " words)");
        }
        Map<String, String> headers = headers();
        if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
            out.write(CONTINUE);
            out.flush();
        }
        int max = parts[1].startsWith(VIDEO_PATH) ? VideoService.MAX_BYTES : MAX_BODY;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean oversized = "chunked".equalsIgnoreCase(headers.get("transfer-encoding"))
                ? !readChunks(body, max)
                : !readFixed(Long.parseLong(headers.getOrDefault("content-length", "0")), body, max);
        String target = parts[1].startsWith("http://") ? parts[1].replaceFirst("http://[^/]*", "") : parts[1];
        int question = target.indexOf('?');
        return new Request(
                parts[0],
                question < 0 ? target : target.substring(0, question),
                question < 0 ? "" : target.substring(question + 1),
                headers,
                body.toByteArray(),
                oversized,
                socket.getInetAddress().getHostAddress(),
                socket.getLocalPort());
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = require(line()); !line.isEmpty(); line = require(line())) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.merge(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip(),
                        (first, second) -> first + ", " + second);
            }
        }
        return headers;
    }

    /** Reads a body of known length. Returns false if it was too long and only its beginning was kept. */
    private boolean readFixed(long length, ByteArrayOutputStream body, int max) throws IOException {
        if (length < 0) {
            throw new IOException("negative content-length (got " + length + ")");
        }
        byte[] buffer = new byte[(int) Math.min(length, 64 << 10)];
        for (long left = length; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                throw new EOFException("connection closed within the body");
            }
            left -= read;
            body.write(buffer, 0, read);
            if (body.size() > max) {
                return false;
            }
        }
        return true;
    }

    private boolean readChunks(ByteArrayOutputStream body, int max) throws IOException {
        while (true) {
            String line = require(line());
            int semicolon = line.indexOf(';');
            long size = Long.parseLong((semicolon < 0 ? line : line.substring(0, semicolon)).strip(), 16);
            if (size == 0) {
                headers(); // trailers
                return true;
            }
            headBudget = MAX_HEAD;
            if (!readFixed(size, body, max)) {
                return false;
            }
            require(line());
        }
    }

    /** Writes the headers and a small body together, so that no packet waits for the acknowledgment of another. */
    private boolean write(Request request, Response response, int cutAt, boolean open) throws IOException {
        boolean keepAlive = open && cutAt < 0;
        byte[] headBytes = head(response, keepAlive ? "keep-alive" : "close");
        int length = isWithoutBody(response) || request.method().equals("HEAD")
                ? 0
                : cutAt < 0 ? response.body.length : cutAt;
        if (length > LARGE) {
            out.write(headBytes);
            out.write(response.body, 0, length);
        } else {
            byte[] all = Arrays.copyOf(headBytes, headBytes.length + length);
            System.arraycopy(response.body, 0, all, headBytes.length, length);
            out.write(all);
        }
        out.flush();
        return keepAlive;
    }

    private static byte[] head(Response response, String connection) {
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(response.status)
                .append(' ')
                .append(HttpStatus.reason(response.status))
                .append("\r\n");
        response.headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (!isWithoutBody(response)) {
            head.append("content-length: ").append(response.body.length).append("\r\n");
        }
        return head.append("connection: ")
                .append(connection)
                .append("\r\n\r\n")
                .toString()
                .getBytes(ISO_8859_1);
    }

    private static boolean isWithoutBody(Response response) {
        return response.status == 101 || response.status == 204 || response.status == 304;
    }

    private @Nullable String line() throws IOException {
        StringBuilder line = new StringBuilder(80);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            if (--headBudget < 0) {
                throw new IOException("request head exceeds " + MAX_HEAD + " bytes");
            }
            line.append((char) c);
        }
        int end = line.length();
        if (end > 0 && line.charAt(end - 1) == '\r') {
            line.setLength(end - 1);
        }
        return line.toString();
    }

    private static String require(@Nullable String line) throws EOFException {
        if (line == null) {
            throw new EOFException("connection closed within the request");
        }
        return line;
    }
}
