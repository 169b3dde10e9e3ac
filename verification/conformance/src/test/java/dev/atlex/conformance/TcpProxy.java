package dev.atlex.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy in front of a server. Its connections can be reset, or go silent, as if a router between the two had
 * forgotten them.
 */
final class TcpProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final URI target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();

    TcpProxy(URI target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** Returns the number of connections so far. */
    int accepted() {
        return accepted.get();
    }

    /** Forwards nothing more on the current connections, but leaves them open. Later connections work. */
    void silence() {
        links.forEach(link -> link.silent = true);
    }

    /** Resets the current connections, as a crash of the server does. */
    void reset() {
        links.forEach(Link::reset);
    }

    private static void start(Runnable run) {
        Thread thread = new Thread(run, "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Link link = new Link(client, new Socket(target.getHost(), target.getPort()));
                links.add(link);
                accepted.incrementAndGet();
                start(() -> link.forward(link.client, link.server));
                start(() -> link.forward(link.server, link.client));
            } catch (IOException e) {
                // The proxy was closed, or the server can't be reached.
            }
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reset();
    }

    private final class Link {
        final Socket client;
        final Socket server;
        volatile boolean silent;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void forward(Socket from, Socket to) {
            try (from;
                    to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                byte[] buffer = new byte[16_384];
                for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                    if (!silent) {
                        out.write(buffer, 0, length);
                    }
                }
            } catch (IOException e) {
                // One of the two has ended the connection.
            } finally {
                links.remove(this);
            }
        }

        void reset() {
            for (Socket socket : new Socket[] {client, server}) {
                try {
                    socket.setSoLinger(true, 0);
                    socket.close();
                } catch (IOException e) {
                    // It is closed already.
                }
            }
        }
    }
}
