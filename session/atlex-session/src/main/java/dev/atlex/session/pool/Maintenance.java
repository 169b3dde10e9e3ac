package dev.atlex.session.pool;

import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.data.internal.Durations;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.Session;
import dev.atlex.session.SessionHealth;
import dev.atlex.session.SessionOptions;
import dev.atlex.session.internal.Failures;
import dev.atlex.session.internal.TokenTimes;
import dev.atlex.session.internal.persist.SessionRecord;
import dev.atlex.session.internal.pool.CallGate;
import dev.atlex.session.internal.pool.OpenSessions;
import dev.atlex.session.internal.pool.ParallelRunner;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.syntax.Did;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Saves, logs out and refreshes sessions in the background, including idle ones. A session is refreshed once its
 * refresh token has less than a third of its lifetime left. If that lifetime is unknown, as for OAuth sessions, it is
 * refreshed after {@link #MAX_IDLE}.
 */
final class Maintenance {
    private static final System.Logger LOG = System.getLogger(AccountPool.class.getName());

    /** A third of the 90 days for which Bluesky's servers keep an idle OAuth session of a confidential client. */
    private static final Duration MAX_IDLE = Duration.ofDays(30);

    private final OpenSessions<Session> open;
    private final StoredAccounts stored;
    private final PoolSessions sessions;
    private final SessionOptions options;
    private final PoolOptions pool;
    private final CallGate gate;
    private final Clock clock;
    private final ReentrantLock running = new ReentrantLock();
    private @Nullable ScheduledThreadPoolExecutor timer;

    Maintenance(
            OpenSessions<Session> open,
            StoredAccounts stored,
            PoolSessions sessions,
            SessionOptions options,
            PoolOptions pool,
            CallGate gate) {
        this.open = open;
        this.stored = stored;
        this.sessions = sessions;
        this.options = options;
        this.pool = pool;
        this.gate = gate;
        this.clock = options.clock();
    }

    /** Starts the timer if the options set an interval. */
    void start() {
        Duration every = pool.maintainEvery();
        if (every == null) {
            return;
        }
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "atlex-pool-maintenance");
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        long millis = Durations.millis(every);
        executor.scheduleWithFixedDelay(this::runQuietly, millis, millis, TimeUnit.MILLISECONDS);
        timer = executor;
    }

    private void runQuietly() {
        try {
            gate.run(this::run);
        } catch (Throwable e) {
            // An exception would silently cancel the schedule.
            if (!gate.isClosed()) {
                LOG.log(Level.WARNING, "pool maintenance failed, and will run again: {0}", name(e));
            }
        }
    }

    /** @param now whether to interrupt a run in progress */
    void stop(boolean now) {
        ScheduledThreadPoolExecutor executor = timer;
        if (executor == null) {
            return;
        }
        if (now) {
            executor.shutdownNow();
        } else {
            executor.shutdown();
        }
    }

    MaintenanceReport run() {
        try {
            running.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportInterruptedException("interrupted while another thread maintains the pool", e, false);
        }
        try {
            int unsaved = saveAll();
            // A store that fails to list logouts may still list sessions, and idle sessions must not expire.
            Attempts attempts = new Attempts();
            AtomicInteger pendingLogouts = new AtomicInteger();
            List<AccountResult> results = new ArrayList<>();
            attempts.run(() -> pendingLogouts.addAndGet(PasswordSession.finishLogouts(options)));
            attempts.run(() -> results.addAll(refreshAll(expiring(), this::refresh)));
            for (SessionSource source : pool.sources()) {
                attempts.run(() -> pendingLogouts.addAndGet(source.finishLogouts()));
                attempts.run(() -> results.addAll(refreshAll(idle(source), did -> refresh(did, source))));
            }
            attempts.rethrow();
            List<AccountResult> failed = results.stream()
                    .filter(result -> result.outcome() != AccountResult.Outcome.DONE)
                    .toList();
            return new MaintenanceReport(pendingLogouts.get(), results.size() - failed.size(), failed, unsaved);
        } finally {
            running.unlock();
        }
    }

    /** Runs independent steps, and keeps the first failure. */
    private static final class Attempts {
        private @Nullable RuntimeException failure;

        void run(Runnable step) {
            try {
                step.run();
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
        }

        void rethrow() {
            if (failure != null) {
                throw failure;
            }
        }
    }

    private List<AccountResult> refreshAll(List<Did> accounts, Function<Did, AccountResult> refresh) {
        return ParallelRunner.run(accounts, pool.parallelism(), gate, refresh, AccountResult::failed);
    }

    /** Returns the accounts whose password sessions will expire. */
    private List<Did> expiring() {
        List<Did> expiring = new ArrayList<>();
        stored.forEachEntry(entry -> {
            if (isExpiring(entry)) {
                expiring.add(Did.of(entry.key().name()));
            }
        });
        return expiring;
    }

    /** Returns the accounts whose sessions have been idle for too long. */
    private List<Did> idle(SessionSource source) {
        List<Did> idle = new ArrayList<>();
        source.forEachHealth(health -> {
            if (isIdle(health)) {
                idle.add(health.did());
            }
        });
        return idle;
    }

    private boolean isIdle(@Nullable SessionHealth health) {
        Instant since = health == null ? null : health.lastRefresh();
        return since != null && since.plus(MAX_IDLE).isBefore(clock.instant());
    }

    /** Returns the number of sessions that couldn't be saved. */
    private int saveAll() {
        int unsaved = 0;
        for (Session session : open.all()) {
            if (!session.isSaved()) {
                save(session);
                unsaved += session.isSaved() ? 0 : 1;
            }
        }
        return unsaved;
    }

    private static void save(Session session) {
        try {
            session.save();
        } catch (RuntimeException | Error e) {
            Failures.rethrowFatal(e);
            LOG.log(Level.WARNING, "failed to save session for {0}: {1}", session.did(), name(e));
        }
    }

    /** Returns the name of an exception's class. The message isn't logged, because it may quote a session. */
    static String name(Throwable e) {
        return e.getClass().getName();
    }

    /** Returns whether the refresh token has less than a third of its lifetime left. */
    private boolean isExpiring(Entry entry) {
        TokenTimes times = TokenTimes.of(SessionRecord.of(entry).data().refreshJwt());
        Instant end = times.expires();
        if (end == null) {
            return false;
        }
        // A token is saved when it is issued, or later.
        Instant start = times.issued() == null ? entry.savedAt() : times.issued();
        Duration left = Duration.between(clock.instant(), end);
        return left.multipliedBy(3).compareTo(Duration.between(start, end)) < 0;
    }

    private AccountResult refresh(Did did) {
        // Another process may have refreshed it in the meantime.
        Entry now = stored.entry(did);
        if (now == null || !isExpiring(now)) {
            return AccountResult.done(did);
        }
        Session live = open.peek(did);
        if (live != null && !sessions.isOf(live, now)) {
            // The entry holds another session of the account, so refreshing the one in memory doesn't keep it alive.
            return sessions.refresh(sessions.detached(now));
        }
        return refreshPooled(did);
    }

    /** Refreshes a session from a source, unless another process has refreshed it in the meantime. */
    private AccountResult refresh(Did did, SessionSource source) {
        if (!isIdle(source.health(did))) {
            return AccountResult.done(did);
        }
        if (!(open.peek(did) instanceof PasswordSession) && stored.entry(did) == null) {
            return refreshPooled(did);
        }
        // The pool uses the account's password session, but this one must not expire either.
        Session session = source.resume(did);
        if (session == null) {
            return AccountResult.done(did);
        }
        try (session) {
            return sessions.refresh(session);
        }
    }

    /** Refreshes the session that the pool uses for an account. */
    private AccountResult refreshPooled(Did did) {
        boolean wasOpen = open.peek(did) != null;
        Session session = sessions.get(did);
        try {
            return sessions.refresh(session);
        } finally {
            if (!wasOpen && session.isSaved()) {
                open.remove(did);
            }
        }
    }
}
