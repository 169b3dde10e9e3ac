package dev.atlex.client.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.atlex.data.internal.Durations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Opens tunnels through a proxy that requires a user name and password.
 *
 * <p>By default, {@code java.net.http} removes Basic credentials from {@code CONNECT} requests, whether they come from
 * an authenticator or from a header. Only a system property changes that
 * ({@code jdk.http.auth.tunneling.disabledSchemes}). It is read once, by the first HTTP client of the JVM, and applies
 * to all of them, so a library can't rely on it. Instead, the client connects to this relay, on the loopback interface,
 * as if it were the proxy. The relay adds the credentials to the {@code CONNECT} request, and then copies bytes that it
 * can't read, because TLS runs between the client and the server.
 *
 * <p>Other programs on this machine can connect to the relay too but can't use it: each tunnel needs a random key,
 * which the transport sends as {@code Proxy-Authorization} with a private scheme. The JDK sends that header only to
 * proxies.
 */
final class ProxyRelay {
    /** The status of the relay's response if the proxy can't be reached. No proxy has a reason to use it. */
    static final int UNREACHABLE = 599;

    private static final String SCHEME = "Atlex-Relay ";
    private static final int MAX_HEAD = 64 << 10;
    private static final int BUFFER = 16 << 10;
    private static final int BACKLOG = 128;
    private static final Pattern CONNECT = Pattern.compile("CONNECT ([!-~]+) HTTP/1\\.1");
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})(?: .*)?");

    private final ProxyServer proxy;
    private final int timeoutMillis;
    private final String userAgent;
    private final String key;
    private final ReentrantLock starting = new ReentrantLock();
    private @Nullable ServerSocket listener;
    private boolean closed;

    /** @param timeout the time limit for connecting to the proxy, and for its response to {@code CONNECT} */
    ProxyRelay(ProxyServer proxy, Duration timeout, String userAgent) {
        this.proxy = proxy;
        this.timeoutMillis = (int) Math.min(Math.max(Durations.millis(timeout), 1), Integer.MAX_VALUE);
        this.userAgent = userAgent;
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        this.key = SCHEME + HexFormat.of().formatHex(random);
    }

    /** Returns the value of {@code Proxy-Authorization} with which the relay accepts a tunnel. */
    String key() {
        return key;
    }

    /** Returns the relay's address. The first call starts it. */
    InetSocketAddress address() throws IOException {
        starting.lock();
        try {
            if (listener == null) {
                if (closed) {
                    throw new IOException("the transport is closed");
                }
                ServerSocket socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
                TransportThreads.WAITERS.execute(() -> accept(socket));
                listener = socket;
            }
            return (InetSocketAddress) listener.getLocalSocketAddress();
        } finally {
            starting.unlock();
        }
    }

    /** Accepts no more connections. Open tunnels stay open. */
    void close() {
        starting.lock();
        try {
            closed = true;
            closeQuietly(listener);
        } finally {
            starting.unlock();
        }
    }

    private void accept(ServerSocket socket) {
        while (true) {
            try {
                Socket client = socket.accept();
                TransportThreads.WAITERS.execute(() -> serve(client));
            } catch (IOException e) {
                if (socket.isClosed()) {
                    return;
                }
                // Too many open files, for example: the client reports that its connection failed.
            }
        }
    }

    private void serve(Socket client) {
        Socket upstream = new Socket();
        try {
            client.setTcpNoDelay(true);
            client.setSoTimeout(timeoutMillis);
            String[] head = readHead(client.getInputStream());
            Matcher request = CONNECT.matcher(head[0]);
            if (!request.matches() || !hasKey(head)) {
                respond(client, 403);
                return;
            }
            int status = connect(upstream, request.group(1));
            respond(client, status);
            if (status == 200) {
                client.setSoTimeout(0);
                upstream.setSoTimeout(0);
                TransportThreads.WAITERS.execute(() -> download(upstream, client));
                upload(client, upstream);
            }
        } catch (IOException e) {
            // Both sides notice that the tunnel is closed.
        } finally {
            closeQuietly(client);
            closeQuietly(upstream);
        }
    }

    private boolean hasKey(String[] head) {
        for (String line : head) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).equalsIgnoreCase("Proxy-Authorization")) {
                byte[] given = line.substring(colon + 1).strip().getBytes(ISO_8859_1);
                return MessageDigest.isEqual(given, key.getBytes(ISO_8859_1));
            }
        }
        return false;
    }

    /** Opens a tunnel and returns the status of the proxy's response: 200 if it is open. */
    private int connect(Socket upstream, String target) {
        try {
            InetSocketAddress address = proxy.address();
            upstream.connect(new InetSocketAddress(address.getHostString(), address.getPort()), timeoutMillis);
            upstream.setTcpNoDelay(true);
            upstream.setSoTimeout(timeoutMillis);
            String request = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\nUser-Agent: " + userAgent
                    + "\r\nProxy-Authorization: " + proxy.authorization() + "\r\n\r\n";
            upstream.getOutputStream().write(request.getBytes(ISO_8859_1));
            Matcher response = STATUS.matcher(readHead(upstream.getInputStream())[0]);
            int status = response.matches() ? Integer.parseInt(response.group(1)) : 502;
            return status >= 200 && status < 300 ? 200 : status;
        } catch (SocketTimeoutException e) {
            return upstream.isConnected() ? 504 : UNREACHABLE;
        } catch (IOException e) {
            return upstream.isConnected() ? 502 : UNREACHABLE;
        }
    }

    private static void respond(Socket client, int status) throws IOException {
        String head = status == 200
                ? "HTTP/1.1 200 OK\r\n\r\n"
                : "HTTP/1.1 " + status + " Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        client.getOutputStream().write(head.getBytes(ISO_8859_1));
    }

    /**
     * Reads lines up to the empty one. Reads byte by byte, because the byte after the empty line belongs to the tunnel.
     */
    private static String[] readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int newlines = 0;
        while (newlines < 2) {
            int next = in.read();
            if (next < 0 || head.size() > MAX_HEAD) {
                throw new IOException("incomplete or oversized head");
            }
            head.write(next);
            newlines = next == '\n' ? newlines + 1 : next == '\r' ? newlines : 0;
        }
        return head.toString(ISO_8859_1).split("\r?\n");
    }

    /**
     * Copies the client's bytes. HTTP clients never close only one direction, so the end of their bytes is the end of
     * the tunnel.
     */
    private static void upload(Socket client, Socket upstream) throws IOException {
        copy(client.getInputStream(), upstream.getOutputStream());
    }

    private static void download(Socket upstream, Socket client) {
        try {
            copy(upstream.getInputStream(), client.getOutputStream());
            client.shutdownOutput();
        } catch (IOException e) {
            closeQuietly(client);
            closeQuietly(upstream);
        }
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            to.write(buffer, 0, read);
        }
    }

    private static void closeQuietly(@Nullable AutoCloseable socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (Exception e) {
            // It is closed as far as possible.
        }
    }
}
