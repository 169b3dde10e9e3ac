package dev.atlex.client.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** An HTTP proxy: opens tunnels, and responds to plain requests itself. It may require a user name and password. */
final class TestProxy implements AutoCloseable {
    final Queue<String> heads = new ConcurrentLinkedQueue<>();
    private final ServerSocket server;
    private final @Nullable String authorization;
    private final int tunnelStatus;

    private TestProxy(@Nullable String authorization, int tunnelStatus) throws IOException {
        this.authorization = authorization;
        this.tunnelStatus = tunnelStatus;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    static TestProxy open() throws IOException {
        return new TestProxy(null, 200);
    }

    static TestProxy authenticating(String user, String password) throws IOException {
        String both = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
        return new TestProxy("Basic " + both, 200);
    }

    /** Refuses all tunnels. */
    static TestProxy refusing(int status) throws IOException {
        return new TestProxy(null, status);
    }

    int port() {
        return server.getLocalPort();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    String url(String userInfo) {
        return "http://" + userInfo + "@127.0.0.1:" + port();
    }

    private void accept() {
        while (true) {
            try {
                Socket client = server.accept();
                daemon(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            for (String head = head(client.getInputStream()); head != null; head = head(client.getInputStream())) {
                heads.add(head);
                if (authorization != null && !head.contains("\r\nProxy-Authorization: " + authorization + "\r\n")) {
                    respond(client, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"test\"");
                } else if (!head.startsWith("CONNECT ")) {
                    respond(client, "200 OK");
                } else if (tunnelStatus != 200) {
                    respond(client, tunnelStatus + " Refused");
                } else {
                    tunnel(client, head.split(" ")[1]);
                    return;
                }
            }
        } catch (IOException e) {
            // The client reports it.
        }
    }

    private static void respond(Socket client, String status) throws IOException {
        String response = "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n";
        client.getOutputStream().write(response.getBytes(ISO_8859_1));
    }

    private static void tunnel(Socket client, String target) throws IOException {
        int colon = target.lastIndexOf(':');
        try (Socket upstream = new Socket(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)))) {
            client.getOutputStream().write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(ISO_8859_1));
            daemon(() -> {
                try {
                    upstream.getInputStream().transferTo(client.getOutputStream());
                    client.shutdownOutput();
                } catch (IOException e) {
                    // The other direction ends too.
                }
            });
            client.getInputStream().transferTo(upstream.getOutputStream());
        }
    }

    private static @Nullable String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.write(next);
        }
        return head.toString(ISO_8859_1);
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "test-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
