package dev.atlex.oauth.internal.session;

import dev.atlex.session.internal.Failures;
import dev.atlex.session.internal.SessionLog;
import dev.atlex.session.store.EntryStore.Lease;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The lease on a session's entry, held during a refresh, and longer if the new tokens can't be saved. */
final class LeaseHold implements AutoCloseable {
    private static final System.Logger LOG = SessionLog.LOG;

    private final Lease lease;
    private boolean kept;

    private LeaseHold(Lease lease) {
        this.lease = lease;
    }

    /** Acquires the lease, or returns null if another process has it. */
    static @Nullable LeaseHold acquire(SessionEntry entry, Duration maxWait) {
        try {
            Lease lease = entry.lease(maxWait);
            return lease == null ? null : new LeaseHold(lease);
        } catch (InterruptedException e) {
            // We never interrupt the threads of changes. Without a lease, nothing is sent.
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** Keeps the lease when this object is closed. */
    LeaseHold keep() {
        kept = true;
        return this;
    }

    /** Releases a lease that was kept. */
    void release() {
        kept = false;
        close();
    }

    /** Releases the lease, unless it is kept. Never throws. */
    @Override
    public void close() {
        if (kept) {
            return;
        }
        try {
            lease.close();
        } catch (RuntimeException | Error e) {
            Failures.rethrowFatal(e);
            LOG.log(
                    Level.WARNING,
                    "failed to release a lease: the store threw {0}; it expires on its own",
                    e.getClass().getName());
        }
    }
}
