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
 * A server in a process of its own that answers with bytes made beforehand, on connections that stay open, and does little
 * else, so that it is never what is measured. Prints its port; ends when its standard input does.
 *
 * <pre>
 * GET …getTimeline         the 128 KB page
 * GET …getSession          the account; 400 ExpiredToken while the token is the {@link #EXPIRED} one
 * POST …refreshSession     new tokens, 50 ms later
 * GET /counts, POST /reset how many refreshes there were and how many calls were refused; to nothing
 * </pre>
 */
public final class CannedServer {
    /** Ends the tokens that the server takes for expired. */
    static final String EXPIRED = "expired";

    private static final long REFRESH_MILLIS = 50;
    private static final int BACKLOG = 4096;

    private static final AtomicInteger REFRESHES = new AtomicInteger();
    private static final AtomicInteger REFUSALS = new AtomicInteger();
    private static final byte[] PAGE = answer("200 OK", Payload.of("timeline").json());
    private static final byte[] SESSION = answer("200 OK", Accounts.SESSION.getBytes(UTF_8));
    private static final byte[] REFUSED =
            answer("400 Bad Request", "{\"error\":\"ExpiredToken\",\"message\":\"Token has expired\"}".getBytes(UTF_8));
    private static final byte[] NOT_FOUND = answer("404 Not Found", "{\"error\":\"NotFound\"}".getBytes(UTF_8));

    private CannedServer() {}

    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getByName("127.0.0.1"));
        Thread end = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {
                    // What is written there does not matter.
                }
            } catch (IOException e) {
                // The parent has gone.
            }
            System.exit(0);
        });
        end.setDaemon(true);
        end.start();
        System.out.println(server.getLocalPort());
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
                socket.getOutputStream().write(answerTo(head));
            }
        } catch (IOException | InterruptedException e) {
            // The client has gone.
        }
    }

    /** The request line and headers, or null at the end. */
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

    private static byte[] answerTo(String head) throws InterruptedException {
        String line = head.substring(0, head.indexOf("\r\n"));
        if (line.contains("app.bsky.feed.getTimeline")) {
            return PAGE;
        } else if (line.contains("com.atproto.server.getSession")) {
            if (head.contains("." + EXPIRED + "\r\n")) {
                REFUSALS.incrementAndGet();
                return REFUSED;
            }
            return SESSION;
        } else if (line.contains("com.atproto.server.refreshSession")) {
            Thread.sleep(REFRESH_MILLIS);
            int refresh = REFRESHES.incrementAndGet();
            return answer(
                    "200 OK",
                    Accounts.session(0, Accounts.jwt(Duration.ofHours(2), "access" + refresh), "refresh" + refresh)
                            .getBytes(UTF_8));
        } else if (line.startsWith("POST /reset")) {
            REFRESHES.set(0);
            REFUSALS.set(0);
            return answer("200 OK", "{}".getBytes(UTF_8));
        } else if (line.startsWith("GET /counts")) {
            return answer(
                    "200 OK", ("{\"refreshes\":" + REFRESHES + ",\"refusals\":" + REFUSALS + "}").getBytes(UTF_8));
        }
        return NOT_FOUND;
    }

    private static byte[] answer(String status, byte[] body) {
        byte[] head = ("HTTP/1.1 " + status
                        + "\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: " + body.length
                        + "\r\n\r\n")
                .getBytes(ISO_8859_1);
        byte[] answer = new byte[head.length + body.length];
        System.arraycopy(head, 0, answer, 0, head.length);
        System.arraycopy(body, 0, answer, head.length, body.length);
        return answer;
    }
}
