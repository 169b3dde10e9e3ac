package dev.atlex.session;

import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.session.internal.Failures;
import dev.atlex.session.internal.Origins;
import dev.atlex.session.internal.TokenTimes;
import dev.atlex.session.internal.persist.SessionRecord;
import dev.atlex.session.internal.pool.Gate;
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
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Looks after a pool's sessions: also those that nobody uses. */
final class Maintenance {
    private static final System.Logger LOG = System.getLogger(AccountPool.class.getName());

    private final AccountPool accounts;
    private final SessionOptions options;
    private final PoolOptions pool;
    private final Gate gate;
    private final Clock clock;
    private final ReentrantLock running = new ReentrantLock();
    private @Nullable ScheduledThreadPoolExecutor timer;

    Maintenance(AccountPool accounts, SessionOptions options, PoolOptions pool, Gate gate) {
        this.accounts = accounts;
        this.options = options;
        this.pool = pool;
        this.gate = gate;
        this.clock = options.clock();
    }

    /** Begins to do it again and again, where that is wanted. */
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
        long millis = every.toMillis();
        executor.scheduleWithFixedDelay(this::runQuietly, millis, millis, TimeUnit.MILLISECONDS);
        timer = executor;
    }

    private void runQuietly() {
        try {
            accounts.maintain();
        } catch (Throwable e) {
            // Whatever it is: an exception from here would end the schedule, and nobody would hear of it.
            if (!gate.isClosed()) {
                LOG.log(Level.WARNING, "maintenance met {0}", e.getClass().getName());
            }
        }
    }

    /** @param now whether to interrupt what runs */
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
            int unsaved = save();
            RuntimeException failure = null;
            int logouts = 0;
            try {
                logouts = PasswordSession.finishLogouts(options);
            } catch (RuntimeException e) {
                // A store that can't list the one kind may list the other, and idle sessions must not be lost.
                failure = e;
            }
            List<Did> due = new ArrayList<>();
            accounts.stored().forEachEntry(entry -> {
                if (isDue(entry)) {
                    due.add(Did.of(entry.key().name()));
                }
            });
            List<AccountResult> results = ParallelRunner.run(due, pool.parallelism(), gate, this::renew);
            if (failure != null) {
                throw failure;
            }
            List<AccountResult> failed = results.stream()
                    .filter(result -> result.outcome() != AccountResult.Outcome.DONE)
                    .toList();
            return new MaintenanceReport(logouts, results.size() - failed.size(), failed, unsaved);
        } finally {
            running.unlock();
        }
    }

    private int save() {
        int unsaved = 0;
        for (PasswordSession session : accounts.open().all()) {
            if (!session.isSaved()) {
                saveNow(session);
                unsaved += session.isSaved() ? 0 : 1;
            }
        }
        return unsaved;
    }

    private static void saveNow(PasswordSession session) {
        try {
            session.save();
        } catch (RuntimeException | Error e) {
            Failures.rethrowFatal(e);
            LOG.log(
                    Level.WARNING,
                    "the session of {0} could not be saved: {1}",
                    session.did(),
                    e.getClass().getName());
        }
    }

    /** Whether the refresh token has less than a third of its life left. */
    private boolean isDue(Entry entry) {
        TokenTimes times = TokenTimes.of(SessionRecord.of(entry).data().refreshJwt());
        Instant end = times.expires();
        if (end == null) {
            return false;
        }
        // Tokens are saved when they are made, or later.
        Instant start = times.issued() == null ? entry.savedAt() : times.issued();
        Duration left = Duration.between(clock.instant(), end);
        return left.multipliedBy(3).compareTo(Duration.between(start, end)) < 0;
    }

    private AccountResult renew(Did did) {
        // Another process may look after the same store.
        Entry now = accounts.stored().entry(did);
        if (now == null || !isDue(now)) {
            return AccountResult.done(did);
        }
        PasswordSession live = accounts.open().peek(did);
        boolean wasOpen = live != null;
        if (live != null
                && !Origins.same(
                        live.health().service(), SessionRecord.of(now).data().service())) {
            // The entry is another service's session, which the one in memory does not keep alive.
            return accounts.renew(PasswordSession.of(now, options));
        }
        PasswordSession session = accounts.opened(did);
        try {
            return accounts.renew(session);
        } finally {
            if (!wasOpen && session.isSaved()) {
                accounts.open().remove(did);
            }
        }
    }
}
