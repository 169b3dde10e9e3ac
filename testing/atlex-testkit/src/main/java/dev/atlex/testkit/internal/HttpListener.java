package dev.atlex.testkit.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A small HTTP/1.1 server on the loopback interface, with a thread for each connection.
 *
 * <p>The JDK's HTTP server isn't suitable, because it delays small responses by 40 ms unless a system property of the
 * whole process is set, and it can't truncate a response.
 */
final class HttpListener implements AutoCloseable {
    private static final int BACKLOG = 1000;

    private final ServerSocket server;
    private final Function<Request, Delivery> handler;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Thread acceptor;

    /** @param port the port, or 0 for any free port */
    HttpListener(int port, Function<Request, Delivery> handler) {
        this.handler = handler;
        try {
            server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException("can't listen on 127.0.0.1:" + port, e);
        }
        acceptor = new Thread(this::accept, "local-pds-" + port());
        acceptor.setDaemon(true);
        acceptor.start();
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                Thread thread = new Thread(() -> serve(socket), "local-pds-" + port() + "-connection");
                thread.setDaemon(true);
                threads.removeIf(
                        ended -> !ended.isAlive()); // a thread can't remove itself, because it is still running
                threads.add(thread);
                thread.start();
            } catch (SocketException e) {
                // closed, or the client has disconnected
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            new HttpConnection(socket).serve(handler);
        } catch (IOException | NumberFormatException e) {
            // The client disconnected or doesn't speak HTTP, so it can't get a response.
        } finally {
            sockets.remove(socket);
        }
    }

    /** Frees the port. Connections stay open. */
    void stopAccepting() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        join(acceptor);
    }

    /** Frees the port, closes the connections and waits until their threads have ended. */
    @Override
    public void close() {
        stopAccepting();
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        threads.forEach(HttpListener::join);
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (thread.isAlive() && thread != Thread.currentThread() && System.nanoTime() < deadline) {
            try {
                thread.join(100);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
