package dev.atlex.session;

import dev.atlex.syntax.Did;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Sessions in memory: for tests, and for programs that keep none. */
public final class MemorySessionStore implements SessionStore {
    private final ConcurrentMap<Did, SessionData> sessions = new ConcurrentHashMap<>();

    /** An empty store. */
    public MemorySessionStore() {}

    @Override
    public @Nullable SessionData load(Did did) {
        return sessions.get(did);
    }

    @Override
    public List<SessionData> list() {
        return List.copyOf(sessions.values());
    }

    @Override
    public void save(SessionData data) {
        sessions.put(data.did(), data);
    }

    @Override
    public void delete(Did did) {
        sessions.remove(did);
    }
}
