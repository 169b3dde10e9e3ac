package dev.atlex.oauth;

import dev.atlex.session.store.EntryStore;
import dev.atlex.session.store.SessionStore;
import java.time.Duration;
import java.util.function.Consumer;

/** A store whose operations on sessions a test can watch, break or stop the process in. */
final class HookedStore implements SessionStore {
    /** The operations. */
    enum Operation {
        LOAD,
        SAVE,
        DELETE,
        LEASE
    }

    private final EntryStore store;

    /** Called before and after each operation on a session's entry. */
    volatile Consumer<Operation> before = operation -> {};

    volatile Consumer<Operation> after = operation -> {};

    /** Called before each operation on a queued logout. */
    volatile Consumer<Operation> beforeLogouts = operation -> {};

    HookedStore(EntryStore store) {
        this.store = store;
    }

    /** Makes an operation throw, until the returned action is run. */
    Runnable fail(Operation failing) {
        before = operation -> {
            if (operation == failing) {
                throw new IllegalStateException("disk full");
            }
        };
        return () -> before = operation -> {};
    }

    private void before(Key key, Operation operation) {
        if (key.kind() == Kind.OAUTH) {
            before.accept(operation);
        } else if (key.kind() == Kind.LOGOUT) {
            beforeLogouts.accept(operation);
        }
    }

    private void after(Key key, Operation operation) {
        if (key.kind() == Kind.OAUTH) {
            after.accept(operation);
        }
    }

    @Override
    public Entry load(Key key) {
        before(key, Operation.LOAD);
        Entry entry = store.load(key);
        after(key, Operation.LOAD);
        return entry;
    }

    @Override
    public void forEach(Kind kind, Consumer<? super Entry> action) {
        store.forEach(kind, action);
    }

    @Override
    public Entry save(Key key, long expected, String value) {
        before(key, Operation.SAVE);
        Entry entry = store.save(key, expected, value);
        after(key, Operation.SAVE);
        return entry;
    }

    @Override
    public boolean delete(Key key, long expected) {
        before(key, Operation.DELETE);
        boolean deleted = store.delete(key, expected);
        after(key, Operation.DELETE);
        return deleted;
    }

    @Override
    public Lease acquireLease(Key key, Duration ttl, Duration maxWait) throws InterruptedException {
        before(key, Operation.LEASE);
        Lease lease = store.acquireLease(key, ttl, maxWait);
        after(key, Operation.LEASE);
        return lease;
    }
}
