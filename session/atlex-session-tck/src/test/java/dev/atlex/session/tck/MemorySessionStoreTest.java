package dev.atlex.session.tck;

import dev.atlex.session.MemorySessionStore;
import dev.atlex.session.SessionStore;

class MemorySessionStoreTest extends SessionStoreTck {
    private final SessionStore store = new MemorySessionStore();

    @Override
    protected SessionStore open() {
        return store;
    }
}
