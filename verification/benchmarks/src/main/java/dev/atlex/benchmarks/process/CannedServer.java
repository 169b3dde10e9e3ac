package dev.atlex.benchmarks.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.benchmarks.payload.Payload;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server in its own process that sends prepared bytes over persistent connections. It does little else, so that it is
 * never the bottleneck. Prints its URL, and exits at the end of its standard input.
 *
 * <pre>
 * GET …getTimeline         the 128 KB page
 * GET …getSession          the account; 400 ExpiredToken for an {@link #EXPIRED} token; a nonce if there is a proof
 * POST …refreshSession     new tokens after 50 ms
 * GET /counts              the numbers of refreshes and rejected calls
 * POST /reset              resets these numbers
 * </pre>
 */
public final class CannedServer {
    /** The signature of tokens that the server treats as expired. */
    static final String EXPIRED = "expired";

    private static final long REFRESH_MILLIS = 50;
    private static final int BACKLOG = 4096;

    private static final AtomicInteger REFRESHES = new AtomicInteger();
    private static final AtomicInteger REFUSALS = new AtomicInteger();
    private static final byte[] PAGE = response("200 OK", Payload.of("timeline").json());
    private static final byte[] SESSION = response("200 OK", Accounts.SESSION.getBytes(UTF_8));
    private static final byte[] SESSION_WITH_NONCE = withNonce(SESSION);
    private static final byte[] REFUSED = response(
            "400 Bad Request", "{\"error\":\"ExpiredToken\",\"message\":\"Token has expired\"}".getBytes(UTF_8));
    private static final byte[] NOT_FOUND = response("404 Not Found", "{\"error\":\"NotFound\"}".getBytes(UTF_8));

    private CannedServer() {}

    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getByName("127.0.0.1"));
        Thread end = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {
                    // The content of stdin is ignored.
                }
            } catch (IOException e) {
                // The parent process is gone.
            }
            System.exit(0);
        });
        end.setDaemon(true);
        end.start();
        System.out.println("http://127.0.0.1:" + server.getLocalPort());
        while (true) {
            Socket socket = server.accept();
            Thread thread = new Thread(null, () -> serve(socket), "connection", 128 << 10);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 8 << 10);
            for (String head = head(in); head != null; head = head(in)) {
                in.skipNBytes(contentLength(head));
                socket.getOutputStream().write(respond(head));
            }
        } catch (IOException | InterruptedException e) {
            // The client is gone.
        }
    }

    /** Reads the request line and headers. Returns null at the end of the connection. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder(512);
        int matched = 0;
        while (matched < 4) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.append((char) next);
            matched = next == (matched % 2 == 0 ? '\r' : '\n') ? matched + 1 : next == '\r' ? 1 : 0;
        }
        return head.toString();
    }

    private static int contentLength(String head) {
        if (head.startsWith("GET ")) {
            return 0;
        }
        for (String line : head.split("\r\n")) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                return Integer.parseInt(line.substring(15).strip());
            }
        }
        return 0;
    }

    private static byte[] respond(String head) throws InterruptedException {
        String line = head.substring(0, head.indexOf("\r\n"));
        if (line.contains("app.bsky.feed.getTimeline")) {
            return PAGE;
        } else if (line.contains("com.atproto.server.getSession")) {
            if (head.contains("." + EXPIRED + "\r\n")) {
                REFUSALS.incrementAndGet();
                return REFUSED;
            }
            return head.contains("\r\nDPoP: ") ? SESSION_WITH_NONCE : SESSION;
        } else if (line.contains("com.atproto.server.refreshSession")) {
            Thread.sleep(REFRESH_MILLIS);
            int refresh = REFRESHES.incrementAndGet();
            return response(
                    "200 OK",
                    Accounts.session(0, Accounts.jwt(Duration.ofHours(2), "access" + refresh), "refresh" + refresh)
                            .getBytes(UTF_8));
        } else if (line.startsWith("POST /reset")) {
            REFRESHES.set(0);
            REFUSALS.set(0);
            return response("200 OK", "{}".getBytes(UTF_8));
        } else if (line.startsWith("GET /counts")) {
            return response(
                    "200 OK", ("{\"refreshes\":" + REFRESHES + ",\"refusals\":" + REFUSALS + "}").getBytes(UTF_8));
        }
        return NOT_FOUND;
    }

    /** Returns a response with the headers that a request with a proof gets. */
    private static byte[] withNonce(byte[] response) {
        return new String(response, UTF_8)
                .replaceFirst("\r\n", "\r\ndpop-nonce: u3DLRxyM7EHuNKzDUZNVTlcxQUrbX5wJyBs5Q1Cy1Uo\r\n")
                .getBytes(UTF_8);
    }

    private static byte[] response(String status, byte[] body) {
        byte[] head = ("HTTP/1.1 " + status
                        + "\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: " + body.length
                        + "\r\n\r\n")
                .getBytes(ISO_8859_1);
        byte[] response = new byte[head.length + body.length];
        System.arraycopy(head, 0, response, 0, head.length);
        System.arraycopy(body, 0, response, head.length, body.length);
        return response;
    }
}
