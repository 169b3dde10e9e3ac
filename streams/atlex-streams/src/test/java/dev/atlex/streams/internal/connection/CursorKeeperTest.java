package dev.atlex.streams.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.session.SessionStoreException;
import dev.atlex.session.store.CursorStore;
import dev.atlex.session.store.EntryStore;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.store.StreamCursor;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the stored cursor with a store that fails, and whose leases are lost. */
class CursorKeeperTest {
    private final UnreliableStore store = new UnreliableStore();
    private final StreamCursor cursor = CursorStore.of(store).cursor("ws://example.com", "labels");
    private final CursorKeeper keeper = new CursorKeeper(cursor);

    @BeforeEach
    void acquire() throws Exception {
        assertThat(keeper.acquire()).isTrue();
    }

    private long stored() {
        return cursor.load().sequence();
    }

    @Test
    void saveWhoseResponseWasLost_isNotMistakenForAnotherProcess() {
        keeper.save(1);
        store.loseResponse = true;
        assertThatThrownBy(() -> keeper.save(2)).isInstanceOf(SessionStoreException.class);

        assertThat(keeper.save(3)).isTrue();
        assertThat(stored()).isEqualTo(3);
    }

    @Test
    void outageAfterALostResponse_isNotMistakenForAnotherProcess() {
        keeper.save(1);
        store.loseResponse = true;
        assertThatThrownBy(() -> keeper.save(2)).isInstanceOf(SessionStoreException.class);
        store.down = true;
        assertThatThrownBy(() -> keeper.save(3)).isInstanceOf(SessionStoreException.class);
        assertThatThrownBy(() -> keeper.save(4)).isInstanceOf(SessionStoreException.class);
        store.down = false;

        assertThat(keeper.save(5)).isTrue();
        assertThat(stored()).isEqualTo(5);
    }

    @Test
    void saveThatNeverArrived_isRepeated() {
        keeper.save(1);
        store.down = true;
        assertThatThrownBy(() -> keeper.save(2)).isInstanceOf(SessionStoreException.class);
        store.down = false;

        assertThat(keeper.save(2)).isTrue();
        assertThat(stored()).isEqualTo(2);
    }

    @Test
    void newHolder_stopsThePreviousOne() throws Exception {
        keeper.save(1);
        CursorKeeper next = new CursorKeeper(cursor);
        assertThat(next.acquire()).isTrue();
        assertThat(next.position()).isEqualTo(1);

        assertThat(keeper.save(2)).isFalse();
        assertThat(next.save(3)).isTrue();
        assertThat(stored()).isEqualTo(3);
    }

    @Test
    void newHolder_startsAtASaveThatCameFirst() throws Exception {
        keeper.save(1);
        CursorKeeper next = new CursorKeeper(cursor);
        store.beforeSave = () -> keeper.save(2);
        assertThat(next.acquire()).isTrue();

        assertThat(next.position()).isEqualTo(2);
        assertThat(keeper.save(3)).isFalse();
        assertThat(next.save(4)).isTrue();
    }

    /** A store that grants each lease, as if the previous one had expired. */
    private static final class UnreliableStore implements EntryStore {
        private final MemorySessionStore store = new MemorySessionStore();
        private boolean down;
        private boolean loseResponse;
        private Runnable beforeSave = () -> {};

        @Override
        public @Nullable Entry load(Key key) {
            check();
            return store.load(key);
        }

        @Override
        public void forEach(Kind kind, Consumer<? super Entry> action) {
            store.forEach(kind, action);
        }

        @Override
        public @Nullable Entry save(Key key, long expected, String value) {
            check();
            Runnable before = beforeSave;
            beforeSave = () -> {};
            before.run();
            Entry saved = store.save(key, expected, value);
            if (loseResponse) {
                loseResponse = false;
                throw new SessionStoreException("the response was lost", null);
            }
            return saved;
        }

        @Override
        public boolean delete(Key key, long expected) {
            check();
            return store.delete(key, expected);
        }

        @Override
        public Lease acquireLease(Key key, Duration ttl, Duration maxWait) {
            return () -> {};
        }

        private void check() {
            if (down) {
                throw new SessionStoreException("the store is down", null);
            }
        }
    }
}
