package dev.atlex.conformance;

import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A Bluesky network on loopback: the real PDS and the real AppView with their own PostgreSQL and Redis, in child
 * processes.
 *
 * <p>{@link #close()} ends the processes. They also end when this JVM ends for any reason.
 */
final class AppViewNetwork implements BlueskyServer {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final ReentrantLock SHARED_LOCK = new ReentrantLock();
    private static @Nullable AppViewNetwork shared;

    private final AtomicInteger accounts = new AtomicInteger();
    private final NodeServer server;
    private final URI pdsUrl;
    private final URI controlUrl;

    private AppViewNetwork(NodeServer server) {
        this.server = server;
        this.pdsUrl = URI.create(Json.string(server.info(), "pdsUrl"));
        this.controlUrl = URI.create(Json.string(server.info(), "ctlUrl"));
    }

    /**
     * Returns the network shared by the tests of this JVM. The first call installs it if necessary (minutes) and starts it
     * (seconds).
     *
     * @throws IllegalStateException if either fails. The message contains the end of the process's output.
     */
    static AppViewNetwork shared() {
        SHARED_LOCK.lock();
        try {
            if (shared == null) {
                AppViewNetwork network = start();
                Runtime.getRuntime().addShutdownHook(new Thread(network::close, "appview-network-close"));
                shared = network;
            }
            return shared;
        } finally {
            SHARED_LOCK.unlock();
        }
    }

    /** Starts a separate network, like {@link #shared()}. */
    static AppViewNetwork start() {
        return new AppViewNetwork(
                NodeServer.start(Installation.appView(), "network.mjs", List.of("--exit-with-stdin"), START_LIMIT));
    }

    /** Returns the process ID of the servers. */
    long pid() {
        return Long.parseLong(String.valueOf(server.info().get("pid")));
    }

    @Override
    public URI url() {
        return pdsUrl;
    }

    @Override
    public String newHandle() {
        return "user" + accounts.incrementAndGet() + ".test";
    }

    @Override
    public void index() {
        server.post(controlUrl.resolve("/index"), Map.of(), null);
    }

    @Override
    public Did labeler() {
        return Did.of(Json.string(server.info(), "labelerDid"));
    }

    @Override
    public void label(AtUri uri, String value) {
        server.post(controlUrl.resolve("/label"), Map.of("uri", uri.toString(), "val", value), null);
    }

    /** Returns the URL of Ozone, which serves the labels of {@link #labeler()}. */
    String ozoneUrl() {
        return Json.string(server.info(), "ozoneUrl");
    }

    /** Makes an account a moderator, so that it can create labels in Ozone. */
    void addModerator(Did did) {
        server.post(controlUrl.resolve("/moderator"), Map.of("did", did.toString()), null);
    }

    /** Restarts Ozone on its port and database. */
    void restartOzone() {
        server.post(controlUrl.resolve("/restart-ozone"), Map.of(), null);
    }

    /** Returns the exit code of the process: 0 if it ended by itself. */
    int exitCode() {
        return server.exitCode();
    }

    @Override
    public void close() {
        server.close();
    }
}
