package dev.atlex.session.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.LexMap;
import dev.atlex.session.CorruptStoreEntryException;
import dev.atlex.session.store.CursorStore;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.session.store.EntryStore.Lease;
import dev.atlex.session.store.SavedCursor;
import dev.atlex.session.store.SessionStore;
import dev.atlex.session.store.StreamCursor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests for cursors on a store. */
abstract class CursorTck extends SharedEntryTck {
    private static final String SERVICE = "wss://relay.test";
    private static final LexMap STATE =
            LexMap.of("handled", LexMap.builder().put("näme", "🐎").build());

    private static StreamCursor cursor(SessionStore store) {
        return CursorStore.of(store).cursor(SERVICE, "repos");
    }

    private static SavedCursor moved(StreamCursor cursor, @Nullable SavedCursor from, long sequence) {
        return present(cursor.save(from, sequence, LexMap.of()));
    }

    private static SavedCursor loaded(StreamCursor cursor) {
        return present(cursor.load());
    }

    private static SavedCursor present(@Nullable SavedCursor saved) {
        return Objects.requireNonNull(saved, "expected a saved cursor");
    }

    @Test
    public void cursor_isVisibleToAllStores() throws Exception {
        assertThat(cursor(store()).load()).isNull();
        SavedCursor first = present(cursor(store()).save(null, "2026-01-02T03:04:05.678Z", STATE));

        for (SessionStore each : List.of(store(), elsewhere())) {
            SavedCursor loaded = loaded(cursor(each));
            assertThat(loaded.position()).isEqualTo("2026-01-02T03:04:05.678Z");
            assertThat(loaded.state()).isEqualTo(STATE);
            assertThat(loaded.generation()).isEqualTo(first.generation());
            assertThat(loaded.savedAt()).isEqualTo(first.savedAt());
        }
    }

    @Test
    public void cursor_sequence_isKeptExactly() throws Exception {
        StreamCursor cursor = cursor(store());
        SavedCursor saved = moved(cursor, null, 9_007_199_254_740_993L);

        SavedCursor loaded = loaded(cursor(elsewhere()));
        assertThat(loaded.sequence()).isEqualTo(9_007_199_254_740_993L);
        assertThat(loaded.position()).isEqualTo("9007199254740993");
        assertThat(loaded.state().isEmpty()).isTrue();
        assertThat(moved(cursor, saved, 1).generation()).isGreaterThan(saved.generation());
    }

    @Test
    public void cursor_olderGeneration_changesNothing() throws Exception {
        StreamCursor cursor = cursor(store());
        SavedCursor first = moved(cursor, null, 1);
        SavedCursor second = moved(cursor(elsewhere()), first, 2);

        assertThat(cursor.save(null, 3, LexMap.of())).isNull();
        assertThat(cursor.save(first, 3, LexMap.of())).isNull();
        assertThat(cursor.delete(first)).isFalse();
        assertThat(loaded(cursor).sequence()).isEqualTo(2);
        assertThat(cursor.delete(second)).isTrue();
        assertThat(cursor(elsewhere()).load()).isNull();
    }

    @Test
    public void cursor_namesDontCollide() throws Exception {
        CursorStore cursors = CursorStore.of(store());
        String longName = "/".repeat(8191);
        List<List<String>> names = List.of(
                List.of("a", "b"),
                List.of("a", "B"),
                List.of("a%-b", "c"),
                List.of("a", "b%-c"),
                List.of("https://a.test", "b"),
                List.of("https:%2f%2fa.test", "b"),
                List.of("did:web:a.test#x", "ä 🐎"),
                List.of("did:web:a.test", "#x ä 🐎"),
                List.of(longName, "a"),
                List.of(longName, "b"));
        for (int i = 0; i < names.size(); i++) {
            moved(cursors.cursor(names.get(i).get(0), names.get(i).get(1)), null, i);
        }

        CursorStore others = CursorStore.of(elsewhere());
        for (int i = 0; i < names.size(); i++) {
            StreamCursor cursor =
                    others.cursor(names.get(i).get(0), names.get(i).get(1));
            assertThat(loaded(cursor).sequence())
                    .as("cursor of %s", names.get(i))
                    .isEqualTo(i);
        }
        assertThat(all(store(), Kind.CURSOR)).hasSize(names.size());
        for (Kind kind : EnumSet.complementOf(EnumSet.of(Kind.CURSOR))) {
            assertThat(all(store(), kind)).isEmpty();
        }
    }

    @Test
    public void cursor_corruptEntry_throws() throws Exception {
        SessionStore store = store();
        moved(cursor(store), null, 1);
        Entry entry = all(store, Kind.CURSOR).get(0);
        Key key = entry.key();
        for (String value :
                List.of("{}", "7", "{\"service\":\"wss://other.test\",\"stream\":\"repos\",\"cursor\":1}")) {
            entry = saved(store, key, entry.generation(), value);
            assertThatThrownBy(() -> cursor(elsewhere()).load())
                    .isInstanceOf(CorruptStoreEntryException.class)
                    .hasMessageContaining("repos at " + SERVICE);
        }
        cursor(elsewhere()).discard();
        assertThat(cursor(store).load()).isNull();
        assertThat(cursor(store).save(null, 1, LexMap.of())).isNotNull();
    }

    @Test
    public void cursor_underItsLease_isMovedByOneAtATime() throws Exception {
        List<Callable<Void>> consumers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            StreamCursor cursor = cursor(i % 2 == 0 ? store() : elsewhere());
            consumers.add(() -> {
                for (int n = 0; n < 5; n++) {
                    try (Lease lease = cursor.acquireLease(Duration.ofMinutes(1), Duration.ofSeconds(60))) {
                        assertThat(lease).isNotNull();
                        SavedCursor now = cursor.load();
                        moved(cursor, now, now == null ? 1 : now.sequence() + 1);
                    }
                }
                return null;
            });
        }
        together(consumers);

        assertThat(loaded(cursor(store())).sequence()).isEqualTo(20);
    }
}
