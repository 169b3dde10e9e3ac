package dev.atlex.session.internal.state;

import dev.atlex.client.transport.Deadline;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionEndedException;
import dev.atlex.session.SessionEndedException.Reason;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.SessionException;
import dev.atlex.session.internal.Failures;
import dev.atlex.session.internal.SessionContext;
import dev.atlex.session.internal.SessionLog;
import dev.atlex.session.internal.auth.AuthServerClient;
import dev.atlex.session.internal.auth.MigrationCheck;
import dev.atlex.session.internal.auth.RefreshReply.Rejected;
import dev.atlex.session.internal.notify.Notifier;
import dev.atlex.session.internal.persist.LogoutQueue;
import dev.atlex.session.internal.persist.LogoutQueue.Revocation;
import dev.atlex.session.internal.persist.Reload;
import dev.atlex.session.internal.persist.Removal;
import dev.atlex.session.internal.persist.SessionRepository;
import dev.atlex.session.internal.state.Snapshot.Active;
import dev.atlex.session.internal.state.Snapshot.Ended;
import dev.atlex.session.store.EntryStore;
import dev.atlex.syntax.Did;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ends a session: on its server, in its store and in this process. Used under the session's lock.
 *
 * <p>With a store, revocations are queued first ({@link LogoutQueue}), and failed ones stay queued. Without a store, or
 * if queueing fails, the session doesn't end until the server has confirmed it.
 */
final class SessionEnding {
    private static final System.Logger LOG = SessionLog.LOG;

    private final SnapshotCell cell;
    private final AuthServerClient server;
    private final SessionRepository<SessionData> repository;
    private final @Nullable LogoutQueue logouts;
    private final MigrationCheck migrations;
    private final Notifier notifier;
    private final Clock clock;
    private final Did did;

    SessionEnding(
            SnapshotCell cell,
            AuthServerClient server,
            SessionRepository<SessionData> repository,
            Notifier notifier,
            SessionContext context) {
        EntryStore store = context.store();
        this.cell = cell;
        this.server = server;
        this.repository = repository;
        this.logouts = store == null ? null : new LogoutQueue(store, context);
        this.migrations = new MigrationCheck(context);
        this.notifier = notifier;
        this.clock = context.clock();
        this.did = cell.data().did();
    }

    /**
     * Returns the session that another process has saved since the server rejected the refresh token. If there is none,
     * ends the session.
     */
    SessionData newerOrEnd(Rejected rejected, Deadline deadline) {
        if (cell.noted(repository.reload(cell.entry(), cell.data())) instanceof Reload.Newer<SessionData> newer) {
            return newer.session();
        }
        SessionData last = cell.data();
        SessionException reason = migrations.explain(last, rejected.refusal(), deadline);
        Removal<SessionData> removal = repository.delete(cell.entry(), last);
        cell.updateEntry(removal.state());
        if (removal instanceof Removal.Newer<SessionData> newer) {
            return newer.session();
        }
        cell.update(active -> active.with(active.saving().withHookBehind(false)));
        cell.end(reason, List.of());
        notifier.publishDeleted(last);
        notifier.publish(new SessionEvent.Ended(did, reason));
        throw reason;
    }

    /** Ends a session that another process has logged out. */
    SessionException endElsewhere(SessionData data) {
        SessionException reason = loggedOut();
        endHere(reason, refreshTokens(data));
        notifier.publish(new SessionEvent.Ended(did, reason));
        return reason;
    }

    /**
     * Ends a session that another process has logged out while this one obtained new tokens, which must not revive it.
     */
    SessionException endRevived(SessionData next) {
        if (logouts != null) {
            try {
                logouts.add(did, next.service(), refreshTokens(next));
                logouts.finish(did);
            } catch (RuntimeException | Error e) {
                Failures.rethrowFatal(e);
                logUnfinished(e);
            }
        }
        return endElsewhere(next);
    }

    private SessionEndedException loggedOut() {
        return new SessionEndedException(did, Reason.LOGGED_OUT, null);
    }

    private List<String> refreshTokens(SessionData data) {
        return cell.entry().rotated().with(data.refreshJwt(), clock.instant());
    }

    /** Ends the session in this process and in the store. */
    private Removal<SessionData> endHere(SessionException reason, Collection<String> revoking) {
        SessionData last = cell.data();
        cell.end(reason, revoking);
        return remove(last);
    }

    private Removal<SessionData> remove(SessionData data) {
        Removal<SessionData> removal = repository.delete(cell.entry(), data);
        cell.updateEntry(removal.state());
        if (removal instanceof Removal.Removed<SessionData>) {
            cell.update(active -> active.with(active.saving().withHookBehind(false)));
            notifier.publishDeleted(data);
        }
        return removal;
    }

    boolean revoke(Active now) {
        SessionData data = now.data();
        Set<String> all = new LinkedHashSet<>(now.unrevoked());
        all.addAll(refreshTokens(data));
        List<String> tokens = List.copyOf(all);
        return logouts != null && isQueued(logouts, now, tokens)
                ? finishQueued(logouts, data, tokens)
                : revokeNow(now, tokens);
    }

    private boolean isQueued(LogoutQueue in, Active now, List<String> tokens) {
        try {
            in.add(did, now.data().service(), tokens, now.unsettled());
            return true;
        } catch (RuntimeException | Error e) {
            Failures.rethrowFatal(e);
            LOG.log(
                    Level.WARNING,
                    "failed to queue the logout for {0} in the store: {1}; revoking without the queue",
                    did,
                    e.getClass().getName());
            return false;
        }
    }

    private boolean revokeNow(Active now, List<String> tokens) {
        SessionData data = now.data();
        Set<String> unsettled = new HashSet<>();
        if (now.unsettled() != null) {
            unsettled.add(now.unsettled());
        }
        if (repository.wasStored(cell.entry(), data)) {
            // A store that fails here may fail for other processes too, so they may have newer tokens that it doesn't
            // contain.
            unsettled.add(data.refreshJwt());
        }
        Revocation revocation =
                LogoutQueue.revoke(server.hiding(cell.facts().secrets(clock.instant())), tokens, unsettled);
        RuntimeException failure = revocation.failure();
        if (failure != null) {
            cell.update(active -> active.withUnrevoked(revocation.left()));
            notifier.publishDeleteFailure(data, failure);
            throw failure;
        }
        endHere(loggedOut(), List.of());
        if (logouts != null) {
            // Deleting the entry may have made room on the disk.
            logouts.note(did, tokens);
        }
        notifier.publish(new SessionEvent.LoggedOut(did));
        return true;
    }

    private boolean finishQueued(LogoutQueue in, SessionData data, List<String> tokens) {
        LogoutQueue.Outcome outcome;
        try {
            Removal<SessionData> removal = endHere(loggedOut(), tokens);
            for (int race = 0;
                    race < SessionRepository.MAX_RACES
                            && removal instanceof Removal.Newer<SessionData> newer
                            && cell.entry().rotated().descendFrom(data.refreshJwt());
                    race++) {
                // The session was refreshed in between, and its new tokens would stay valid.
                List<String> more = refreshTokens(newer.session());
                in.add(did, data.service(), more);
                cell.end(loggedOut(), more);
                removal = remove(newer.session());
            }
            outcome = in.finish(did);
        } catch (RuntimeException | Error e) {
            Failures.rethrowFatal(e);
            logUnfinished(e);
            return false;
        }
        if (outcome instanceof LogoutQueue.Outcome.Pending pending && pending.failure() != null) {
            notifier.publishDeleteFailure(data, pending.failure());
        }
        return outcome instanceof LogoutQueue.Outcome.Finished;
    }

    /** Returns whether the server has confirmed the end of a session that has already ended here. */
    boolean isConfirmed(Ended ended) {
        if (logouts == null || ended.revoking().isEmpty()) {
            return true;
        }
        try {
            return !logouts.isPending(did, ended.revoking());
        } catch (RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "failed to read the queued logout for {0}: {1}",
                    did,
                    e.getClass().getName());
            return false;
        }
    }

    private void logUnfinished(Throwable why) {
        LOG.log(
                Level.WARNING,
                "failed to finish the logout for {0}: {1}; it stays queued",
                did,
                why.getClass().getName());
    }
}
