package dev.atlex.session.tck;

import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.store.SessionStore;

class MemorySessionStoreTest extends SessionStoreTck {
    private final SessionStore store = new MemorySessionStore();

    @Override
    protected SessionStore open() {
        return store;
    }
}
