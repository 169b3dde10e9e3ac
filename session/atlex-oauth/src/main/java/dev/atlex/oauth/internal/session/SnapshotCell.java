package dev.atlex.oauth.internal.session;

import dev.atlex.oauth.internal.session.Snapshot.Active;
import dev.atlex.oauth.internal.session.Snapshot.Ended;
import dev.atlex.session.SessionException;
import java.util.function.UnaryOperator;

/** The one field that holds a session's state. {@link OAuthMachine} explains the rules. */
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

    /** Ends the session. A session that has already ended keeps its reason. */
    void end(SessionException reason) {
        synchronized (writing) {
            if (snapshot instanceof Active last) {
                snapshot = new Ended(last, reason);
            }
        }
    }
}
