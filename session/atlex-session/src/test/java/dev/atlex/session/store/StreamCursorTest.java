package dev.atlex.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StreamCursorTest {
    private static final int MAX = 4 << 20;

    private final UncheckedStore store = new UncheckedStore();
    private final StreamCursor cursor = CursorStore.of(store).cursor("wss://relay.test", "repos");

    /** Doesn't check values, as a careless implementation might do. */
    private static final class UncheckedStore implements EntryStore {
        private final MemorySessionStore memory = new MemorySessionStore();
        private int saves;

        @Override
        public @Nullable Entry load(Key key) {
            return memory.load(key);
        }

        @Override
        public void forEach(Kind kind, Consumer<? super Entry> action) {
            memory.forEach(kind, action);
        }

        @Override
        public @Nullable Entry save(Key key, long expected, String value) {
            saves++;
            return memory.save(key, expected, value);
        }

        @Override
        public boolean delete(Key key, long expected) {
            return memory.delete(key, expected);
        }

        @Override
        public @Nullable Lease acquireLease(Key key, Duration ttl, Duration maxWait) throws InterruptedException {
            return memory.acquireLease(key, ttl, maxWait);
        }
    }

    /** Returns a position with which the saved value has the given size. */
    private static String filling(int bytes) {
        String rest = "{\"service\":\"wss://relay.test\",\"stream\":\"repos\",\"cursor\":\"\"}";
        return "x".repeat(bytes - rest.length());
    }

    @Test
    void save_largestPosition_isLoaded() {
        String position = filling(MAX);
        assertThat(cursor.save(null, position, LexMap.of())).isNotNull();
        SavedCursor loaded = cursor.load();
        assertThat(loaded).isNotNull();
        assertThat(loaded.position()).isEqualTo(position);
    }

    @Test
    void save_tooLong_isRefusedBeforeTheStoreIsCalled() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cursor.save(null, filling(MAX + 1), LexMap.of()))
                .withMessageContaining("save cursor")
                .withMessageContaining("4194305 bytes");
        LexMap state = LexMap.of("note", LexValue.of("ä".repeat(MAX / 2)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cursor.save(null, 7, state))
                .withMessageContaining("save cursor");
        assertThat(store.saves).isZero();
        assertThat(cursor.load()).isNull();
    }

    @Test
    void save_unpairedSurrogate_isLoaded() {
        assertThat(cursor.save(null, "a\ude00b", LexMap.of())).isNotNull();
        SavedCursor loaded = cursor.load();
        assertThat(loaded).isNotNull();
        assertThat(loaded.position()).isEqualTo("a\ude00b");
    }
}
