package dev.atlex.session.tck;

import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.store.SessionStore;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Compiles the example of the Javadoc. */
final class JavadocExample {
    private JavadocExample() {}

    static class MySessionStoreTest extends SessionStoreTck {
        private final Storage storage = Storage.empty();

        @Override
        protected SessionStore open() {
            return new MySessionStore(storage);
        }
    }

    private record Storage(MemorySessionStore memory) {
        static Storage empty() {
            return new Storage(new MemorySessionStore());
        }
    }

    private record MySessionStore(Storage storage) implements SessionStore {
        @Override
        public @Nullable Entry load(Key key) {
            return storage.memory().load(key);
        }

        @Override
        public void forEach(Kind kind, Consumer<? super Entry> action) {
            storage.memory().forEach(kind, action);
        }

        @Override
        public @Nullable Entry save(Key key, long expected, String value) {
            return storage.memory().save(key, expected, value);
        }

        @Override
        public boolean delete(Key key, long expected) {
            return storage.memory().delete(key, expected);
        }

        @Override
        public @Nullable Lease acquireLease(Key key, Duration ttl, Duration maxWait) throws InterruptedException {
            return storage.memory().acquireLease(key, ttl, maxWait);
        }
    }
}
