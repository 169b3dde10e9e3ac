package dev.atlex.session.internal.state;

import dev.atlex.session.SessionData;
import dev.atlex.session.SessionException;
import dev.atlex.session.internal.persist.EntryState;
import dev.atlex.session.internal.persist.Reload;
import dev.atlex.session.internal.state.Snapshot.Active;
import dev.atlex.session.internal.state.Snapshot.Ended;
import java.util.Collection;
import java.util.function.UnaryOperator;

/**
 * The one field that holds a session's state. Only {@link SessionMachine} and its parts {@link SessionSaver} and
 * {@link SessionEnding} can reach it. The class comment of the machine explains the rules.
 */
final class SnapshotCell {
    private final Object writing = new Object();
    private volatile Snapshot snapshot;

    SnapshotCell(Active first) {
        this.snapshot = first;
    }

    /** Returns the session at this moment. */
    Snapshot get() {
        return snapshot;
    }

    /** Returns the session's current facts, or its last ones if it has ended. */
    Active facts() {
        return snapshot.facts();
    }

    /**
     * Returns the session's facts if it is active.
     *
     * @throws SessionException if it has ended
     */
    Active active() {
        Snapshot now = snapshot;
        if (now instanceof Ended ended) {
            throw ended.reason().again();
        }
        return now.facts();
    }

    /** Like {@link #active}, but returns the data. */
    SessionData data() {
        return active().data();
    }

    /** Returns the known state of the store's entry. */
    EntryState entry() {
        return facts().saving().entry();
    }

    /**
     * Changes the session's facts. The function must have no side effects and must not call anything slow, because it
     * runs under a monitor.
     */
    Active update(UnaryOperator<Active> change) {
        synchronized (writing) {
            snapshot = snapshot.map(change);
            return snapshot.facts();
        }
    }

    /** Sets the known state of the store's entry. */
    void updateEntry(EntryState entry) {
        update(active -> active.with(active.saving().with(entry)));
    }

    /** Records the result of a reload, and returns it. */
    Reload<SessionData> noted(Reload<SessionData> found) {
        updateEntry(found.state());
        return found;
    }

    /** Ends the session in this process, or adds tokens that are still to be revoked. */
    void end(SessionException reason, Collection<String> revoking) {
        synchronized (writing) {
            snapshot = snapshot.end(reason, revoking);
        }
    }
}
