package dev.atlex.oauth.internal.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.internal.Durations;
import dev.atlex.oauth.LoopbackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A minimal HTTP server for one callback. Each connection has its own thread, because browsers open connections
 * ahead of time and leave them idle.
 *
 * <p>Any program and any web page on this machine can send requests here, so only a request with the right path, host
 * and {@code state} counts.
 */
public final class LoopbackServer implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 32;
    private static final int BACKLOG = 16;
    private static final int MAX_CLOSE_WAIT_MILLIS = 1_000;

    private final ServerSocket socket;
    private final URI redirectUri;
    private final Semaphore connections = new Semaphore(MAX_CONNECTIONS);
    private final CompletableFuture<String> query = new CompletableFuture<>();
    private volatile @Nullable Thread acceptor;

    private LoopbackServer(ServerSocket socket, URI redirectUri) {
        this.socket = socket;
        this.redirectUri = redirectUri;
    }

    /**
     * Starts listening.
     *
     * @param declared {@code http://127.0.0.1} or {@code http://[::1]}; without a port, the system chooses one
     * @throws LoopbackException if the port is in use
     */
    public static LoopbackServer listen(URI declared) {
        boolean ipv4 = declared.getHost().equals("127.0.0.1");
        try {
            InetAddress address = InetAddress.getByAddress(
                    ipv4 ? new byte[] {127, 0, 0, 1} : new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
            ServerSocket socket = new ServerSocket(Math.max(0, declared.getPort()), BACKLOG, address);
            String query = declared.getRawQuery() == null ? "" : "?" + declared.getRawQuery();
            URI redirectUri = URI.create(
                    "http://" + declared.getHost() + ":" + socket.getLocalPort() + declared.getRawPath() + query);
            return new LoopbackServer(socket, redirectUri);
        } catch (IOException e) {
            throw new LoopbackException(declared, String.valueOf(e.getMessage()), e);
        }
    }

    /** Returns the redirect URI with the port. */
    public URI redirectUri() {
        return redirectUri;
    }

    /**
     * Waits for the callback.
     *
     * @return its query
     * @throws IllegalStateException if the server is closed
     */
    public String await(String state, Duration maxWait) throws InterruptedException, TimeoutException {
        if (socket.isClosed()) {
            throw new IllegalStateException("the receiver is closed");
        }
        acceptor = start("atlex-oauth-callback", () -> accept(state));
        try {
            return query.get(Durations.bounded(maxWait).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the receiver was closed while it waited", e.getCause());
        }
    }

    private void accept(String state) {
        try {
            while (!query.isDone()) {
                Socket connection = socket.accept();
                if (connections.tryAcquire()) {
                    start("atlex-oauth-callback-connection", () -> handle(connection, state));
                } else {
                    connection.close();
                }
            }
        } catch (IOException e) {
            query.completeExceptionally(e);
        }
    }

    private void handle(Socket connection, String state) {
        try (connection) {
            LoopbackRequest request = LoopbackRequest.read(connection);
            String callback = request == null ? null : callback(request, state);
            try {
                CallbackPage.write(connection, request, redirectUri, callback);
            } finally {
                // Even if the browser has closed the connection, it has delivered the callback.
                if (callback != null) {
                    query.complete(callback);
                }
            }
        } catch (IOException e) {
            // The browser closed the connection, or sent nothing.
        } finally {
            connections.release();
        }
    }

    /** Returns the query if the request is the callback, or null if it is any other request. */
    private @Nullable String callback(LoopbackRequest request, String state) {
        String path = redirectUri.getRawPath().isEmpty() ? "/" : redirectUri.getRawPath();
        if (!request.isGet() || !request.path().equals(path) || !isForThisServer(request.host())) {
            return null;
        }
        Map<String, String> parameters = CallbackQuery.parse(request.query());
        String found = parameters == null ? null : parameters.get("state");
        return found != null && MessageDigest.isEqual(found.getBytes(UTF_8), state.getBytes(UTF_8))
                ? request.query()
                : null;
    }

    /** Returns false for host names that the owner of a web page made resolve to this machine. */
    private boolean isForThisServer(@Nullable String host) {
        return redirectUri.getRawAuthority().equals(host);
    }

    /** Stops listening. */
    @Override
    public void close() {
        try {
            socket.close();
            Thread thread = acceptor;
            if (thread != null) {
                // The system listens until the thread that accepts connections has noticed.
                thread.join(MAX_CLOSE_WAIT_MILLIS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
