package dev.atlex.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Records the calls of a session's hooks. */
class RecordingHooks implements SessionHooks {
    final List<String> events = new CopyOnWriteArrayList<>();
    final List<PasswordSession> sessions = new CopyOnWriteArrayList<>();
    final List<RuntimeException> failures = new CopyOnWriteArrayList<>();
    volatile @Nullable SessionData last;

    private void told(String event, PasswordSession session, SessionData data) {
        events.add(event);
        sessions.add(session);
        last = data;
    }

    @Override
    public void onUpdated(PasswordSession session, SessionData data) {
        told("updated", session, data);
    }

    @Override
    public void onUpdateFailure(PasswordSession session, SessionData data, RuntimeException failure) {
        told("updateFailure", session, data);
        failures.add(failure);
    }

    @Override
    public void onDeleted(PasswordSession session, SessionData data) {
        told("deleted", session, data);
    }

    @Override
    public void onDeleteFailure(PasswordSession session, SessionData data, RuntimeException failure) {
        told("deleteFailure", session, data);
        failures.add(failure);
    }
}
