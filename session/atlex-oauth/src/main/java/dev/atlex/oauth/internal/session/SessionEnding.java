package dev.atlex.oauth.internal.session;

import dev.atlex.oauth.OAuthResponseException;
import dev.atlex.oauth.internal.server.TokenReply;
import dev.atlex.oauth.internal.session.Snapshot.Active;
import dev.atlex.oauth.internal.session.Snapshot.Ended;
import dev.atlex.session.AccountMismatchException;
import dev.atlex.session.SessionEndedException;
import dev.atlex.session.SessionEndedException.Reason;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.SessionException;
import dev.atlex.session.internal.Failures;
import dev.atlex.session.internal.SessionLog;
import dev.atlex.session.internal.notify.Notifier;
import dev.atlex.session.store.EntryStore;
import dev.atlex.syntax.Did;
import java.lang.System.Logger.Level;
import java.util.Arrays;

/** Ends a session: at its server, in its store and in this process. Used on the threads of changes only. */
final class SessionEnding {
    private static final System.Logger LOG = SessionLog.LOG;

    /** The maximum number of races that deleting the entry may lose against other processes. */
    private static final int MAX_RACES = 20;

    private final SnapshotCell cell;
    private final SessionEntry entry;
    private final LogoutQueue logouts;
    private final EndReasons reasons;
    private final Notifier notifier;
    private final Did did;

    SessionEnding(OAuthContext context, SnapshotCell cell, SessionEntry entry, LogoutQueue logouts, Notifier notifier) {
        this.cell = cell;
        this.entry = entry;
        this.logouts = logouts;
        this.reasons = new EndReasons(context);
        this.notifier = notifier;
        this.did = cell.facts().data().did();
    }

    /**
     * Ends a session whose refresh token the server has rejected. Deletes only the entry with that token.
     *
     * @param wasUnsettled whether an earlier refresh with the same token had an unknown outcome
     * @return the exception to throw
     */
    SessionException end(OAuthResponseException refusal, boolean wasUnsettled) {
        Active last = cell.active();
        SessionException reason = reasons.explain(last.data(), refusal, wasUnsettled);
        delete(last.entry());
        return ended(reason);
    }

    /** Ends a session that can't be refreshed, because the server issued no refresh token. */
    SessionException endExpired() {
        delete(cell.active().entry());
        return ended(new SessionEndedException(did, Reason.EXPIRED, null));
    }

    /**
     * Checks whether another process has logged the session out. A missing entry alone doesn't prove that.
     *
     * @throws SessionEndedException if it has
     */
    void requireNotLoggedOut() {
        Active now = cell.active();
        if (now.entry() == EntryStore.NONE && logouts.isQueued(now.record())) {
            throw ended(new SessionEndedException(did, Reason.LOGGED_OUT, null));
        }
    }

    /**
     * Ends a session that another process has logged out while this one obtained new tokens, which must not revive it.
     *
     * @return the exception to throw
     */
    SessionException endElsewhere(OAuthRecord late) {
        revokeQuietly(late);
        return ended(new SessionEndedException(did, Reason.LOGGED_OUT, null));
    }

    /** Revokes tokens that arrived too late, unless they belong to the session that is now in the store. */
    void revokeReplaced(OAuthRecord late, OAuthRecord by) {
        if (!late.isSameSession(by)) {
            revokeQuietly(late);
        }
    }

    private void revokeQuietly(OAuthRecord record) {
        try {
            logouts.add(record);
            logouts.finish(record);
        } catch (RuntimeException | Error e) {
            logFailure("revoke", e);
        }
    }

    /**
     * Checks the result of a refresh, after it was saved. A session with a different account's tokens, or tokens that
     * aren't bound to its key, is revoked and ends. So does one of an account that has migrated: its old server keeps
     * such accounts as deactivated ones, and refreshes their sessions.
     *
     * @throws SessionException if the session ended
     */
    void verify(TokenReply reply) {
        String sub = reply.sub();
        SessionException wrong = null;
        if (sub != null && !sub.equals(did.toString())) {
            wrong = Did.isValid(sub)
                    ? new AccountMismatchException(did, Did.of(sub))
                    : new SessionEndedException(did, Reason.REFUSED, null);
        } else if (reply.tokenType() != null && !"DPoP".equalsIgnoreCase(reply.tokenType())
                || reply.scope() != null
                        && !Arrays.asList(reply.scope().split(" ")).contains("atproto")) {
            wrong = new SessionEndedException(did, Reason.REFUSED, null);
        } else if (cell.facts().inactive() != null) {
            wrong = reasons.migration(cell.active().data(), null);
        }
        if (wrong != null) {
            Active last = cell.active();
            revokeQuietly(last.record());
            delete(last.entry());
            throw ended(wrong);
        }
    }

    private SessionException ended(SessionException reason) {
        cell.end(reason);
        notifier.publish(new SessionEvent.Ended(did, reason));
        return reason;
    }

    private void delete(long generation) {
        try {
            entry.delete(generation);
        } catch (RuntimeException | Error e) {
            logFailure("delete", e);
        }
    }

    /**
     * Ends the session here and at its server.
     *
     * @return whether the server has confirmed that
     * @throws dev.atlex.data.LexException if the revocation fails and can't be queued; the session stays active
     */
    boolean logout() {
        if (cell.get() instanceof Ended ended) {
            return isConfirmed(ended);
        }
        OAuthRecord record = cell.facts().record();
        if (!isQueued(record)) {
            revokeNow(record);
        }
        deleteAll(record);
        cell.end(new SessionEndedException(did, Reason.LOGGED_OUT, null));
        try {
            return logouts.finish(record);
        } catch (RuntimeException | Error e) {
            logFailure("finish the logout for", e);
            return false;
        }
    }

    private boolean isQueued(OAuthRecord record) {
        try {
            logouts.add(record);
            return true;
        } catch (RuntimeException | Error e) {
            logFailure("queue the logout for", e);
            return false;
        }
    }

    private void revokeNow(OAuthRecord record) {
        Revocation outcome = logouts.revokeNow(record);
        if (outcome instanceof Revocation.Failed failed) {
            throw failed.failure();
        } else if (outcome instanceof Revocation.Impossible impossible) {
            throw impossible.failure();
        }
        notifier.publish(new SessionEvent.LoggedOut(did));
    }

    /** Deletes the session's entry, even if it has different tokens. Entries of other sessions of the account stay. */
    private void deleteAll(OAuthRecord record) {
        try {
            long generation = cell.facts().entry();
            for (int race = 0; race < MAX_RACES && !entry.delete(generation); race++) {
                Found found = entry.load(generation);
                if (!(found instanceof Found.Newer newer) || !record.isSameSession(newer.record())) {
                    return;
                }
                generation = newer.generation();
            }
        } catch (RuntimeException | Error e) {
            logFailure("delete", e);
        }
    }

    /** Returns whether the server has confirmed the end of a session that has already ended here. */
    private boolean isConfirmed(Ended ended) {
        try {
            return !logouts.isQueued(ended.last().record());
        } catch (RuntimeException | Error e) {
            logFailure("read the queued logout for", e);
            return false;
        }
    }

    /** Logs a failure that doesn't change what happens next. Rethrows fatal errors. */
    void logFailure(String operation, Throwable failure) {
        Failures.rethrowFatal(failure);
        LOG.log(
                Level.WARNING,
                "failed to {0} {1}: the store threw {2}",
                operation,
                did,
                failure.getClass().getName());
    }
}
