package dev.atlex.session.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Did;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Tests for generations, concurrent writers and listings. */
abstract class EntryTck extends StoreTck {
    static final String SECRET = "eyJhbGciOiJub25lIn0.c2VjcmV0.c2lnbmF0dXJl";
    static final String VALUE = "{\"token\":\"" + SECRET + "\"}";

    @Test
    public void load_emptyStorage_returnsNull() throws Exception {
        SessionStore store = store();

        for (Kind kind : Kind.values()) {
            assertThat(store.load(new Key(kind, "did:plc:alice"))).isNull();
            assertThat(all(store, kind)).isEmpty();
        }
    }

    @Test
    public void keysOfOauth_dontCollide() throws Exception {
        SessionStore store = store();
        Did alice = Did.of("did:plc:alice");
        List<Key> keys = List.of(
                Key.session(alice),
                Key.oauth(alice, null),
                Key.oauth(alice, "a"),
                Key.oauth(alice, "A"),
                Key.oauth(alice, "did"),
                Key.oauth(Did.of("did:web:localhost"), "1234"),
                Key.oauth(Did.of("did:web:localhost%3A1234"), null),
                Key.authorization("state"),
                Key.authorization("STATE"));
        for (Key key : keys) {
            saved(store, key, SessionStore.NONE, '"' + key.name() + '"');
        }

        for (Key key : keys) {
            Entry entry = Objects.requireNonNull(elsewhere().load(key));
            assertThat(entry.value()).as("value of %s", key).isEqualTo('"' + key.name() + '"');
        }
        assertThat(all(elsewhere(), Kind.OAUTH)).hasSize(6);
        assertThat(all(elsewhere(), Kind.AUTHORIZATION)).hasSize(2);
        assertThat(all(elsewhere(), Kind.SESSION)).hasSize(1);
    }

    @Test
    public void save_isVisibleToAllStores() throws Exception {
        SessionStore store = store();
        Entry saved = saved(store, ALICE, SessionStore.NONE, VALUE);

        assertThat(saved.key()).isEqualTo(ALICE);
        assertThat(saved.value()).isEqualTo(VALUE);
        assertThat(saved.generation()).isPositive();
        assertThat(saved.savedAt()).isBetween(aDay(-1), aDay(1));
        for (SessionStore each : List.of(store, store(), elsewhere())) {
            assertThat(each.load(ALICE)).isEqualTo(saved);
            assertThat(all(each, Kind.SESSION)).containsExactly(saved);
        }
    }

    private static Instant aDay(int days) {
        return Instant.now().plus(days, ChronoUnit.DAYS);
    }

    @Test
    public void save_expectedGeneration_replaces() throws Exception {
        SessionStore store = store();
        Entry first = saved(store, ALICE, SessionStore.NONE, "1");
        Entry second = saved(elsewhere(), ALICE, first.generation(), "2");

        assertThat(second.generation()).isGreaterThan(first.generation());
        assertThat(store.load(ALICE)).isEqualTo(second);
        assertThat(all(store, Kind.SESSION)).containsExactly(second);
    }

    @Test
    public void save_otherGeneration_changesNothing() throws Exception {
        SessionStore store = store();
        Entry first = saved(store, ALICE, SessionStore.NONE, "1");
        Entry second = saved(store, ALICE, first.generation(), "2");

        for (long other : new long[] {SessionStore.NONE, first.generation(), second.generation() + 1, Long.MAX_VALUE}) {
            assertThat(elsewhere().save(ALICE, other, "3")).isNull();
            assertThat(store.load(ALICE)).isEqualTo(second);
        }
    }

    @Test
    public void save_missingGeneration_createsNothing() throws Exception {
        SessionStore store = store();
        assertThat(store.save(ALICE, 1, "1")).isNull();
        assertThat(store.load(ALICE)).isNull();

        Entry deleted = saved(store, ALICE, SessionStore.NONE, "1");
        assertThat(store.delete(ALICE, deleted.generation())).isTrue();
        assertThat(elsewhere().save(ALICE, deleted.generation(), "2")).isNull();
        assertThat(store.load(ALICE)).isNull();
        assertThat(all(store, Kind.SESSION)).isEmpty();
    }

    @Test
    public void generations_increaseAcrossDeletes() throws Exception {
        long last = 0;
        for (int round = 0; round < 10; round++) {
            SessionStore store = round % 2 == 0 ? store() : elsewhere();
            Entry first = saved(store, ALICE, SessionStore.NONE, "1");
            assertThat(first.generation()).isGreaterThan(last);
            Entry second = saved(store, ALICE, first.generation(), "2");
            assertThat(second.generation()).isGreaterThan(first.generation());
            assertThat(elsewhere().delete(ALICE, second.generation())).isTrue();
            last = second.generation();
        }
    }

    @Test
    public void delete_expectedGeneration_isVisibleToAllStores() throws Exception {
        SessionStore store = store();
        Entry alice = saved(store, ALICE, SessionStore.NONE, "1");
        Entry bob = saved(store, BOB, SessionStore.NONE, "2");

        assertThat(elsewhere().delete(ALICE, alice.generation())).isTrue();
        assertThat(store.load(ALICE)).isNull();
        assertThat(elsewhere().load(ALICE)).isNull();
        assertThat(all(store, Kind.SESSION)).containsExactly(bob);
    }

    @Test
    public void delete_otherGeneration_changesNothing() throws Exception {
        SessionStore store = store();
        Entry first = saved(store, ALICE, SessionStore.NONE, "1");
        Entry second = saved(store, ALICE, first.generation(), "2");

        for (long other : new long[] {SessionStore.NONE, first.generation(), second.generation() + 1}) {
            assertThat(store.delete(ALICE, other)).isFalse();
            assertThat(store.load(ALICE)).isEqualTo(second);
        }
    }

    @Test
    public void delete_missingEntry_returnsTrue() throws Exception {
        SessionStore store = store();
        assertThat(store.delete(ALICE, SessionStore.NONE)).isTrue();
        assertThat(store.delete(ALICE, 7)).isTrue();

        Entry entry = saved(store, ALICE, SessionStore.NONE, "1");
        assertThat(store.delete(ALICE, entry.generation())).isTrue();
        assertThat(elsewhere().delete(ALICE, entry.generation())).isTrue();
    }

    @Test
    public void save_concurrently_succeedsOnce() throws Exception {
        List<SessionStore> stores = List.of(store(), store(), elsewhere(), elsewhere());
        long generation = SessionStore.NONE;
        for (int round = 0; round < 10; round++) {
            long known = generation;
            List<Callable<List<Entry>>> savers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                SessionStore store = stores.get(i % stores.size());
                String value = "\"" + round + "-" + i + "\"";
                savers.add(() -> {
                    Entry entry = store.save(ALICE, known, value);
                    return entry == null ? List.of() : List.of(entry);
                });
            }
            List<Entry> winners =
                    together(savers).stream().flatMap(List::stream).toList();

            assertThat(winners).as("winners of round %d", round).hasSize(1);
            assertThat(stores.get(round % stores.size()).load(ALICE)).isEqualTo(winners.get(0));
            generation = winners.get(0).generation();
        }
    }

    @Test
    public void save_concurrently_losesNoIncrement() throws Exception {
        List<Callable<Void>> counters = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            SessionStore store = i % 2 == 0 ? store() : elsewhere();
            counters.add(() -> {
                for (int n = 0; n < 10; n++) {
                    increment(store, ALICE);
                }
                return null;
            });
        }
        together(counters);

        assertThat(count(store(), ALICE)).isEqualTo(60);
    }

    @Test
    public void saveAndDelete_concurrently_oneSucceeds() throws Exception {
        SessionStore one = store();
        SessionStore other = elsewhere();
        for (int round = 0; round < 10; round++) {
            long known = saved(one, ALICE, SessionStore.NONE, "1").generation();
            List<Boolean> won = together(List.<Callable<Boolean>>of(
                    () -> one.save(ALICE, known, "2") != null, () -> other.delete(ALICE, known)));

            assertThat(won).as("save and delete, round %d", round).containsOnlyOnce(true);
            Entry left = one.load(ALICE);
            assertThat(left != null).isEqualTo(won.get(0));
            if (left != null) {
                assertThat(other.delete(ALICE, left.generation())).isTrue();
            }
        }
    }

    @Test
    public void load_whileSaving_seesWholeIncreasingEntries() throws Exception {
        SessionStore writer = store();
        String[] values = {"1", "\"" + "long".repeat(10_000) + "\""};
        Entry first = saved(writer, ALICE, SessionStore.NONE, values[0]);
        AtomicBoolean done = new AtomicBoolean();
        List<Callable<Void>> all = new ArrayList<>();
        all.add(() -> {
            try {
                long generation = first.generation();
                for (int i = 1; i <= 40; i++) {
                    generation = saved(writer, ALICE, generation, values[i % 2]).generation();
                }
            } finally {
                done.set(true);
            }
            return null;
        });
        for (int i = 0; i < 2; i++) {
            SessionStore reader = elsewhere();
            all.add(() -> {
                long last = 0;
                while (!done.get()) {
                    Entry entry = Objects.requireNonNull(reader.load(ALICE), "expected an entry at all times");
                    assertThat(entry.generation()).isGreaterThanOrEqualTo(last);
                    assertThat(values).contains(entry.value());
                    last = entry.generation();
                }
                return null;
            });
        }
        together(all);
    }

    @Test
    public void save_keepsOtherEntries() throws Exception {
        SessionStore store = store();
        Entry alice = saved(store, ALICE, SessionStore.NONE, "1");
        Entry bob = saved(store, BOB, SessionStore.NONE, "1");
        saved(store, ALICE, alice.generation(), "2");
        assertThat(store.save(ALICE, alice.generation(), "3")).isNull();

        assertThat(elsewhere().load(BOB)).isEqualTo(bob);
    }

    @Test
    public void forEach_actionCanUseTheStore() throws Exception {
        SessionStore store = store();
        for (int i = 0; i < 30; i++) {
            saved(store, new Key(Kind.LOGOUT, "entry-" + i), SessionStore.NONE, Integer.toString(i));
        }
        List<String> listed = new ArrayList<>();
        store.forEach(Kind.LOGOUT, entry -> {
            // Handles each entry once: otherwise each save could be listed again, endlessly.
            if (!listed.contains(entry.key().name())) {
                listed.add(entry.key().name());
                assertThat(store.load(entry.key())).isEqualTo(entry);
                if (listed.size() % 2 == 0) {
                    saved(store, entry.key(), entry.generation(), "\"again\"");
                } else {
                    assertThat(store.delete(entry.key(), entry.generation())).isTrue();
                }
            }
        });

        // An entry that is saved during the listing may be skipped, but these entries were listed before.
        assertThat(listed).hasSize(30);
        assertThat(all(elsewhere(), Kind.LOGOUT))
                .hasSize(15)
                .extracting(Entry::value)
                .containsOnly("\"again\"");
    }

    @Test
    public void forEach_whileOthersWrite_listsUnchangedEntries() throws Exception {
        SessionStore store = store();
        List<Key> steady = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            steady.add(new Key(Kind.SESSION, "did:plc:steady" + i));
            saved(store, steady.get(i), SessionStore.NONE, "1");
        }
        SessionStore changer = elsewhere();
        CountDownLatch changing = new CountDownLatch(1);
        AtomicBoolean done = new AtomicBoolean();
        List<Callable<Void>> all = new ArrayList<>();
        all.add(() -> {
            for (int i = 0; !done.get(); i++) {
                Key key = new Key(Kind.SESSION, "did:plc:other" + i % 5);
                Entry entry = saved(changer, key, SessionStore.NONE, "2");
                assertThat(changer.delete(key, entry.generation())).isTrue();
                changing.countDown();
            }
            return null;
        });
        all.add(() -> {
            try {
                assertThat(changing.await(60, TimeUnit.SECONDS)).isTrue();
                for (int round = 0; round < 20; round++) {
                    List<Entry> listed = all(store, Kind.SESSION);
                    assertThat(listed).extracting(Entry::key).containsAll(steady);
                    assertThat(listed)
                            .allSatisfy(entry -> assertThat(entry.value())
                                    .isEqualTo(entry.key().name().contains("steady") ? "1" : "2"));
                }
            } finally {
                done.set(true);
            }
            return null;
        });
        together(all);
    }

    @Test
    public void forEach_actionThrows_exceptionReachesTheCaller() throws Exception {
        SessionStore store = store();
        Entry alice = saved(store, ALICE, SessionStore.NONE, "1");

        assertThatThrownBy(() -> store.forEach(Kind.SESSION, entry -> {
                    throw new UnsupportedOperationException("thrown by the action");
                }))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("thrown by the action");
        assertThat(all(store, Kind.SESSION)).containsExactly(alice);
        saved(store, ALICE, alice.generation(), "2");
    }

    @Test
    public void save_interrupted_completes() throws Exception {
        SessionStore store = store();
        Entry saved;
        Thread.currentThread().interrupt();
        try {
            saved = saved(store, ALICE, SessionStore.NONE, VALUE);
            assertThat(Thread.currentThread().isInterrupted())
                    .as("interrupt flag")
                    .isTrue();
        } finally {
            Thread.interrupted();
        }

        assertThat(store.load(ALICE)).isEqualTo(saved);
        assertThat(elsewhere().load(ALICE)).isEqualTo(saved);
    }

    @Test
    public void save_interruptedRepeatedly_completes() throws Exception {
        SessionStore store = store();
        SessionStore other = elsewhere();
        AtomicBoolean done = new AtomicBoolean();
        Thread saver = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            while (!done.get()) {
                saver.interrupt();
                Thread.yield();
            }
        });
        interrupter.start();
        Entry last = null;
        try {
            for (int i = 0; i < 20; i++) {
                last = saved(store, ALICE, last == null ? SessionStore.NONE : last.generation(), Integer.toString(i));
            }
        } finally {
            done.set(true);
            join(interrupter);
            Thread.interrupted();
        }

        assertThat(other.load(ALICE)).isEqualTo(last);
        assertThat(count(other, ALICE)).isEqualTo(19);
    }

    private static void join(Thread thread) {
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                // Interrupted by the thread that is joined.
            }
        }
    }
}
