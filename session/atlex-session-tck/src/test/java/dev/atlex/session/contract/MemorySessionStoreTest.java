package dev.atlex.session.contract;

import dev.atlex.session.MemorySessionStore;
import dev.atlex.session.SessionStore;

class MemorySessionStoreTest extends SessionStoreContract {
    private final SessionStore store = new MemorySessionStore();

    @Override
    protected SessionStore open() {
        return store;
    }
}
