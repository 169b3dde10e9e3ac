package dev.atlex.spring.oauth;

import dev.atlex.data.LexException;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.oauth.OAuthSession;
import dev.atlex.session.UnknownAccountException;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.store.SessionStore;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Does background work: logs users out, retries logouts that servers haven't confirmed, logs out idle sessions, and
 * deletes unfinished sign-ins.
 *
 * <p>When the application stops, logouts in progress get some time to finish. If sessions are only in memory, all of
 * them are logged out, because they couldn't be resumed after a restart.
 */
final class SessionMaintenance implements SmartLifecycle {
    private static final System.Logger LOG = System.getLogger(SessionMaintenance.class.getName());
    private static final int THREADS = 4;

    /** The interval between searches for idle sessions. A search reads all sessions, so it is done less often. */
    private static final Duration IDLE_INTERVAL = Duration.ofDays(1);

    /** The maximum time that a user waits for a server that doesn't respond. The logout continues in the background. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(5);

    private final Supplier<OAuthClient> client;
    private final Supplier<@Nullable SessionStore> usedStore;
    private final Duration interval;
    private final Duration idleLimit;
    private final Duration shutdownTimeout;

    /** The users that signed in here, if the sessions are only in memory. */
    private final Set<UserKey> users = ConcurrentHashMap.newKeySet();

    private volatile @Nullable ScheduledThreadPoolExecutor executor;

    /**
     * Creates the maintenance.
     *
     * @param client returns the client, creating it if necessary
     * @param usedStore returns the store if it is in use, otherwise null, so that maintenance doesn't open it
     */
    SessionMaintenance(
            Supplier<OAuthClient> client,
            Supplier<@Nullable SessionStore> usedStore,
            Duration interval,
            Duration idleLimit,
            Duration shutdownTimeout) {
        this.client = client;
        this.usedStore = usedStore;
        this.interval = interval;
        this.idleLimit = idleLimit;
        this.shutdownTimeout = shutdownTimeout;
    }

    @Override
    public synchronized void start() {
        if (executor != null) {
            return;
        }
        AtomicInteger number = new AtomicInteger();
        ScheduledThreadPoolExecutor created = new ScheduledThreadPoolExecutor(THREADS, work -> {
            Thread thread = new Thread(work, "atlex-oauth-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        created.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        repeat(created, interval, "retry logouts and delete old sign-ins", used -> {
            used.sweep();
            used.finishLogouts();
        });
        repeat(created, IDLE_INTERVAL, "log out idle sessions", used -> used.logoutIdle(idleLimit));
        executor = created;
    }

    private void repeat(
            ScheduledThreadPoolExecutor threads, Duration every, String step, Consumer<OAuthClient> action) {
        Runnable work = () -> {
            try {
                action.accept(client.get());
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "failed to {0}: {1}; trying again in {2}", step, reason(e), every);
            }
        };
        threads.scheduleWithFixedDelay(work, interval.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Records that a user has signed in. */
    void signedIn(UserKey user) {
        if (usedStore.get() instanceof MemorySessionStore) {
            users.add(user);
        }
    }

    /**
     * Logs a user out. Waits a few seconds at most. The logout is retried in the background until the server has
     * confirmed it.
     */
    void logout(UserKey user) {
        Future<?> done = logoutLater(user);
        try {
            if (done != null) {
                done.get(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            LOG.log(Level.DEBUG, "the logout of {0} continues in the background", user.did());
        }
    }

    /** Logs a user out without waiting. Returns null if the application has stopped. */
    @Nullable
    Future<?> logoutLater(UserKey user) {
        ScheduledThreadPoolExecutor used = executor;
        try {
            return used == null ? null : used.submit(() -> logoutNow(user));
        } catch (RejectedExecutionException e) {
            return null;
        }
    }

    private void logoutNow(UserKey user) {
        try (OAuthSession session = client.get().resume(user.did(), user.sessionId())) {
            session.logout();
            users.remove(user);
        } catch (UnknownAccountException e) {
            users.remove(user);
        } catch (RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "failed to log out a session of {0}: {1}; it stays valid until it expires",
                    user.did(),
                    reason(e));
        }
    }

    /** Returns the cause for a log record. Messages of exceptions that aren't Atlex's own may contain secrets. */
    private static String reason(RuntimeException failure) {
        String name = failure.getClass().getSimpleName();
        return failure instanceof LexException ? name + ": " + failure.getMessage() : name;
    }

    @Override
    public synchronized void stop() {
        ScheduledThreadPoolExecutor stopped = executor;
        if (stopped == null) {
            return;
        }
        if (usedStore.get() instanceof MemorySessionStore) {
            List.copyOf(users).forEach(this::logoutLater);
        }
        executor = null;
        stopped.shutdown();
        try {
            if (!stopped.awaitTermination(shutdownTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(
                        Level.WARNING,
                        "some logouts did not finish within {0}; continuing to shut down",
                        shutdownTimeout);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return executor != null;
    }

    /**
     * Returns a phase that is lower than the web server's, so that this object stops after the web server, and before
     * beans are destroyed.
     */
    @Override
    public int getPhase() {
        return 0;
    }
}
