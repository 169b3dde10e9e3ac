package dev.atlex.oauth.internal.session;

import dev.atlex.client.internal.ExponentialBackoff;
import dev.atlex.oauth.internal.session.Snapshot.Active;
import dev.atlex.oauth.internal.session.Snapshot.Unsaved;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.UnexpectedErrorException;
import dev.atlex.session.internal.Failures;
import dev.atlex.session.internal.notify.Notifier;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Saves tokens that the server has issued. If the store fails, the session keeps the tokens in memory and saves them
 * later. Until then, it keeps the lease, so that no other process sends the old refresh token, which no longer works.
 * Used on the threads of changes only.
 */
final class SessionSaver {
    private static final ExponentialBackoff PAUSES =
            new ExponentialBackoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    private final OAuthContext context;
    private final SnapshotCell cell;
    private final SessionEntry entry;
    private final LogoutQueue logouts;
    private final SessionEnding ending;
    private final Notifier notifier;

    /** The lease to keep until the tokens are saved. */
    private @Nullable LeaseHold kept;

    SessionSaver(
            OAuthContext context,
            SnapshotCell cell,
            SessionEntry entry,
            LogoutQueue logouts,
            SessionEnding ending,
            Notifier notifier) {
        this.context = context;
        this.cell = cell;
        this.entry = entry;
        this.logouts = logouts;
        this.ending = ending;
        this.notifier = notifier;
    }

    /** Returns whether saving has failed and is to be retried now. */
    boolean isDue(Active now) {
        Unsaved unsaved = now.unsaved();
        return unsaved != null && !PAUSES.isOn(unsaved.notBefore(), context.now());
    }

    /**
     * Saves new tokens, and uses them even if saving fails.
     *
     * @param next the record with the new tokens
     * @param lease the lease held for the refresh, which is kept if saving fails
     * @return false if another session of the account has replaced this one, and is used instead
     */
    boolean saveAndUse(OAuthRecord next, LeaseHold lease) {
        Active before = cell.active();
        Save save = entry.saveRotated(before.entry(), before.record(), next, logouts);
        if (save instanceof Save.Superseded superseded) {
            replaced(next, superseded);
            return false;
        } else if (save instanceof Save.LoggedOut) {
            throw ending.endElsewhere(next);
        } else {
            Tokens tokens = before.tokens().next(next, true, context.timing());
            Instant now = context.now();
            if (save instanceof Save.Saved saved) {
                cell.update(active -> active.refreshed(next, saved.generation(), tokens, now));
            } else {
                kept = lease.keep();
                Unsaved unsaved = new Unsaved(before.record(), 1, now.plus(PAUSES.after(0)));
                cell.update(active -> active.refreshedUnsaved(next, tokens, unsaved, now));
                publishFailure(((Save.Failed) save).failure(), unsaved.notBefore());
            }
            return true;
        }
    }

    /**
     * Tries again to save tokens.
     *
     * @return whether the store has them now
     */
    boolean saveAgain() {
        Active now = cell.active();
        Unsaved unsaved = now.unsaved();
        if (unsaved == null) {
            return true;
        }
        Save save = entry.saveRotated(now.entry(), unsaved.old(), now.record(), logouts);
        if (save instanceof Save.Failed failed) {
            Instant next = context.now().plus(PAUSES.after(unsaved.attempts()));
            cell.update(active -> active.with(new Unsaved(unsaved.old(), unsaved.attempts() + 1, next)));
            publishFailure(failed.failure(), next);
            return false;
        }
        releaseKept();
        if (save instanceof Save.Saved saved) {
            cell.update(active -> active.stored(now.record(), saved.generation()));
            notifier.publish(new SessionEvent.SaveRecovered(now.data().did()));
        } else if (save instanceof Save.Superseded superseded) {
            replaced(now.record(), superseded);
        } else {
            throw ending.endElsewhere(now.record());
        }
        return true;
    }

    /** Releases the lease that was kept because tokens couldn't be saved. */
    void releaseKept() {
        if (kept != null) {
            kept.release();
            kept = null;
        }
    }

    /** Uses the session that has replaced this one in the store, and revokes the tokens that arrived too late. */
    private void replaced(OAuthRecord late, Save.Superseded by) {
        ending.revokeReplaced(late, by.record());
        adopt(by.record(), by.generation());
    }

    /**
     * Uses an entry that was saved by another process, or by an attempt of this one that seemed to fail.
     *
     * @return whether its tokens differ from the current ones
     */
    boolean adopt(OAuthRecord record, long generation) {
        Active now = cell.active();
        if (record.hasTokensOf(now.record())) {
            cell.update(active -> active.stored(record, generation));
            return false;
        }
        Tokens next = now.tokens().next(record, false, context.timing());
        Instant at = context.now();
        cell.update(active -> active.refreshed(record, generation, next, at));
        notifier.publish(new SessionEvent.Adopted(record.data().did()));
        return true;
    }

    private void publishFailure(Throwable failure, Instant retryAt) {
        Failures.rethrowFatal(failure);
        notifier.publish(new SessionEvent.SaveFailed(
                cell.facts().data().did(),
                failure instanceof SessionStoreException known
                        ? known
                        : UnexpectedErrorException.of("saving a session", failure),
                retryAt));
    }
}
