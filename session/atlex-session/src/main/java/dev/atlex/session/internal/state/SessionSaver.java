package dev.atlex.session.internal.state;

import dev.atlex.client.internal.Origins;
import dev.atlex.client.transport.Deadline;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.SessionHookException;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.SessionLog;
import dev.atlex.session.internal.auth.AuthServerClient;
import dev.atlex.session.internal.notify.Notifier;
import dev.atlex.session.internal.persist.Save;
import dev.atlex.session.internal.persist.SessionRepository;
import dev.atlex.syntax.Did;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Passes a session's newest data to its store and its hook, and survives their exceptions: the tokens that the server
 * has just issued must not be lost when a disk is full. Used under the session's lock.
 */
final class SessionSaver {
    private static final System.Logger LOG = SessionLog.LOG;

    /** The longest time that a sign-in waits for the server that seems to host its account. */
    private static final Duration HOME_CHECK = Duration.ofSeconds(10);

    private final SnapshotCell cell;
    private final AuthServerClient server;
    private final SessionRepository<SessionData> repository;
    private final Notifier notifier;
    private final Clock clock;
    private final Did did;

    SessionSaver(
            SnapshotCell cell,
            AuthServerClient server,
            SessionRepository<SessionData> repository,
            Notifier notifier,
            Clock clock) {
        this.cell = cell;
        this.server = server;
        this.repository = repository;
        this.notifier = notifier;
        this.clock = clock;
        this.did = cell.data().did();
    }

    Save<SessionData> saveSignIn(SessionData issued) {
        if (!repository.isStored()) {
            return new Save.Saved<>(cell.entry());
        }
        cell.update(active -> active.with(active.saving().changed()));
        Save<SessionData> save = repository.save(cell.entry(), issued, true);
        for (int race = 0;
                race < SessionRepository.MAX_RACES
                        && save instanceof Save.Foreign<SessionData> foreign
                        && replaces(issued, foreign.service());
                race++) {
            save = repository.save(repository.replacing(foreign), issued, true);
        }
        return reported(issued, save);
    }

    /**
     * Returns whether a new session replaces one at a different service. Usually it does, because the person who signed
     * in named this service. The exception is a server that the account has left: its response to the sign-in
     * identifies the other service as the account's server, but that service doesn't accept the new tokens. If this
     * server were an entryway, the other one would accept them (decision 0010).
     */
    private boolean replaces(SessionData issued, URI other) {
        URI home = issued.pds();
        return home == null
                || !Origins.same(home, other)
                || server.hiding(cell.facts().secrets(clock.instant()))
                        .isKnownTo(other, issued, Deadline.in(HOME_CHECK));
    }

    /** Saves tokens that the server has just issued in a refresh. */
    Save<SessionData> saveIssued(SessionData issued) {
        if (!repository.isStored()) {
            return new Save.Saved<>(cell.entry());
        }
        cell.update(active -> active.with(active.saving().changed()));
        return reported(issued, repository.save(cell.entry(), issued, true));
    }

    /** Records the result of a save, and reports failures. */
    Save<SessionData> reported(SessionData data, Save<SessionData> save) {
        cell.updateEntry(save.state());
        if (save instanceof Save.Failed<SessionData> failed) {
            logUnsaved("the store", failed.failure());
            postponeSave("the store", data, failed.failure());
        } else if (save instanceof Save.Foreign<SessionData> foreign) {
            reportForeign(data, foreign.service());
        }
        return save;
    }

    /** Reports once per refresh that another service's session occupies the entry. */
    private void reportForeign(SessionData data, URI other) {
        Instant now = clock.instant();
        if (other.equals(cell.facts().saving().reported())) {
            cell.update(active -> active.with(active.saving().failed(now)));
            return;
        }
        cell.update(active -> active.with(active.saving().reported(other)));
        SessionStoreException why = new SessionStoreException(
                "the store holds a session for " + did + " at " + other + "; the one at " + data.service()
                        + " works from memory and is not saved",
                null);
        LOG.log(Level.WARNING, why.getMessage());
        postponeSave("the store", data, why);
    }

    /** Passes new data to the hook, after the store has saved it or failed to save it. */
    void publishUpdated(SessionData data) {
        cell.update(active -> active.with(active.saving().withHookBehind(true)));
        callHook(data);
    }

    void callHook(SessionData data) {
        Throwable failure = notifier.publishUpdated(data);
        if (failure == null) {
            cell.update(active -> active.with(active.saving().withHookBehind(false)));
        } else {
            logUnsaved("the hook onUpdated", failure);
            postponeSave("the hook onUpdated", data, failure);
        }
    }

    private void logUnsaved(String what, Throwable failure) {
        // The failure's own message isn't logged, because it may contain the session. Code that gets the exception can
        // read it.
        LOG.log(
                Level.WARNING,
                "failed to save the session for {0}: {1} threw {2}; using it from memory and retrying",
                did,
                what,
                failure.getClass().getName());
    }

    private void postponeSave(String what, SessionData data, Throwable cause) {
        Instant now = clock.instant();
        SessionHookException failure = new SessionHookException(what, cause);
        Instant retryAt = cell.update(active -> active.with(active.saving().failed(now)))
                .saving()
                .retryAt();
        notifier.publishUpdateFailure(data, failure);
        notifier.publish(new SessionEvent.SaveFailed(did, failure, retryAt));
    }
}
