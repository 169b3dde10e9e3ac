package dev.atlex.session.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.atlex.session.SessionData;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Did;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Tests of load, list, save and delete. */
abstract class EntryTck extends StoreTck {
    private static final String SECRET = "eyJhbGciOiJub25lIn0.c2VjcmV0.c2lnbmF0dXJl";
    private static final String VALUE = "{\"token\":\"" + SECRET + "\"}";

    protected abstract boolean breakStorage() throws Exception;

    @Test
    public void load_emptyStorage_returnsNull() throws Exception {
        SessionStore store = store();

        for (Kind kind : Kind.values()) {
            assertThat(store.load(new Key(kind, "did:plc:alice"))).isNull();
            assertThat(all(store, kind)).isEmpty();
        }
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
    public void keys_similarNames_areDistinct() throws Exception {
        List<String> names = new ArrayList<>(List.of(
                "a",
                "A",
                ".",
                "..",
                "-",
                "_",
                ":",
                "%",
                "__",
                "_:",
                ":_",
                "%3A",
                "%3a",
                "con",
                "NUL",
                "a.",
                "a.json",
                "did:",
                "DID:",
                "did:web:a_b",
                "did:web:a:b",
                "did:web:A:b",
                "did:web:a%3Ab",
                "did:web:a%3ab",
                "session_a",
                "did_a",
                "did:a"));
        for (int length : new int[] {99, 100, 101, 200, 251, 255, 256, 1024, 2047, 2048}) {
            names.add("did:web:" + "a".repeat(length - 8));
            names.add("did:web:" + "a".repeat(length - 9) + "b");
            names.add("did:web:" + "a".repeat(length - 9) + "B");
        }
        SessionStore store = store();
        Map<Key, String> values = new HashMap<>();
        for (String name : names) {
            Kind kind = Kind.values()[values.size() % 3];
            values.put(new Key(kind, name), Integer.toString(values.size()));
        }
        for (Kind kind : Kind.values()) {
            values.put(new Key(kind, "a:b"), "\"" + kind + "\"");
            values.put(new Key(kind, "2".repeat(2048)), "\"long " + kind + "\"");
        }
        // Some names exist in all kinds, and similar names in one kind, so both ways to mix them up are found.
        for (String name : names.subList(0, names.size() / 2)) {
            values.putIfAbsent(new Key(Kind.SESSION, name), "\"of " + values.size() + "\"");
        }
        values.forEach((key, value) -> saved(store, key, SessionStore.NONE, value));

        SessionStore other = elsewhere();
        values.forEach((key, value) -> assertThat(other.load(key)).satisfies(entry -> {
            assertThat(entry.key()).isEqualTo(key);
            assertThat(entry.value()).isEqualTo(value);
        }));
        Map<Key, String> listed = new HashMap<>();
        for (Kind kind : Kind.values()) {
            other.forEach(kind, entry -> {
                assertThat(entry.key().kind()).isEqualTo(kind);
                assertThat(listed.put(entry.key(), entry.value()))
                        .as("listed before")
                        .isNull();
            });
        }
        assertThat(listed).isEqualTo(values);
    }

    @Test
    public void values_areReturnedUnchanged() throws Exception {
        List<String> values = new ArrayList<>(List.of(
                "7",
                "{}",
                "\"\"",
                " { \"b\" : 1.0,\n\t\"a\":-1e3 , \"a b\":[ ] } \n",
                "{\"u\":\"\\u00e9\\/\\u0000\\n\"}",
                "{\"value\":\"}\\n\",\"v\":2}",
                "123456789012345678",
                "\"" + "x".repeat(200 * 1024) + "\""));
        StringBuilder text = new StringBuilder("\"");
        for (int c = ' '; c <= Character.MAX_CODE_POINT; c++) {
            if (c != '"' && c != '\\' && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
                text.appendCodePoint(c);
            }
            if (text.length() > 100_000 || c == Character.MAX_CODE_POINT) {
                values.add(text.append('"').toString());
                text.setLength(1);
            }
        }
        SessionStore store = store();
        SessionStore other = elsewhere();
        long generation = SessionStore.NONE;
        for (String value : values) {
            Entry saved = saved(store, ALICE, generation, value);
            Entry loaded = other.load(ALICE);
            // Not compared by AssertJ, which would print the values.
            assertThat(loaded != null
                            && loaded.value().equals(value)
                            && saved.value().equals(value))
                    .as("%d characters from %x on", value.length(), value.codePointAt(Math.min(1, value.length() - 1)))
                    .isTrue();
            generation = saved.generation();
        }
    }

    @Test
    public void save_invalidJson_isRejected() throws Exception {
        SessionStore store = store();
        Entry saved = saved(store, ALICE, SessionStore.NONE, VALUE);

        List<String> values = List.of(
                "",
                " ",
                SECRET,
                "{\"token\":\"" + SECRET + "\"",
                VALUE + VALUE,
                "{\"token\":" + SECRET + "}",
                "\"" + SECRET + "\u0000\"",
                "\"" + SECRET + "\ud800\"");
        for (String value : values) {
            for (Key key : List.of(ALICE, BOB)) {
                long known = key.equals(ALICE) ? saved.generation() : SessionStore.NONE;
                Throwable thrown = catchThrowable(() -> store.save(key, known, value));
                assertThat(thrown)
                        .as("value %d of %s", values.indexOf(value), key)
                        .isInstanceOf(IllegalArgumentException.class);
                assertThat(text(thrown)).doesNotContain(SECRET);
            }
        }
        assertThat(elsewhere().load(ALICE)).isEqualTo(saved);
        assertThat(elsewhere().load(BOB)).isNull();
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

        // An entry that is saved during the listing may be skipped, but these had been listed before.
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

    @Test
    public void toString_showsNoValue() throws Exception {
        SessionStore store = store();
        Entry entry = saved(store, ALICE, SessionStore.NONE, VALUE);
        try (SessionStore.Lease lease = store.acquireLease(ALICE, Duration.ofMinutes(1), Duration.ZERO)) {
            assertThat(store + " " + entry + " " + store.load(ALICE) + " " + lease)
                    .doesNotContain(SECRET);
        }
    }

    @Test
    public void brokenStorage_throwsWithoutShowingValues() throws Exception {
        SessionStore store = store();
        Entry entry = saved(store, ALICE, SessionStore.NONE, VALUE);
        assumeThat(breakStorage())
                .as("breakStorage(): storage that the test can break")
                .isTrue();

        List<ThrowingCallable> calls = List.of(
                () -> store.load(ALICE),
                () -> store.load(BOB),
                () -> store.forEach(Kind.SESSION, e -> {}),
                () -> store.save(ALICE, entry.generation(), "{\"newer\":\"" + SECRET + "\"}"),
                () -> store.save(BOB, SessionStore.NONE, VALUE),
                () -> store.delete(ALICE, entry.generation()),
                () -> store.acquireLease(ALICE, Duration.ofMinutes(1), Duration.ZERO));
        for (ThrowingCallable call : calls) {
            Throwable thrown = catchThrowable(call);
            assertThat(thrown).as("call %d", calls.indexOf(call)).isInstanceOf(SessionStoreException.class);
            assertThat(text(thrown)).doesNotContain(SECRET);
        }
    }

    @Test
    public void sessions_areSavedListedAndDeleted() throws Exception {
        SessionStore store = store();
        SessionData alice = session("did:plc:alice", "refresh-a");
        SessionData bob = session("did:web:localhost%3A2583", "refresh-b");
        store.delete(alice.did());
        store.save(alice);
        store.save(bob);
        assertThat(elsewhere().load(alice.did())).isEqualTo(alice);
        assertThat(elsewhere().list()).containsExactlyInAnyOrder(alice, bob);

        SessionData newer = session("did:plc:alice", "refresh-a2");
        elsewhere().save(newer);
        assertThat(store.load(alice.did())).isEqualTo(newer);
        store.delete(alice.did());
        assertThat(elsewhere().load(alice.did())).isNull();
        assertThat(store.list()).containsExactly(bob);
    }

    /** An entry of another program or version is well-formed JSON, but not a session. */
    @Test
    public void list_withEntriesThatAreNotSessions_returnsTheOthers() throws Exception {
        SessionStore store = store();
        SessionData alice = session("did:plc:alice", "refresh-a");
        store.save(alice);
        List<String> values = List.of("{}", "[]", "7", "null", "\"text\"", "{\"session\":{\"did\":\"did:plc:odd\"}}");
        for (String value : values) {
            saved(store, new Key(Kind.SESSION, "did:plc:odd" + values.indexOf(value)), SessionStore.NONE, value);
        }
        saved(store, new Key(Kind.SESSION, "not_a_did"), SessionStore.NONE, "{}");
        // A valid session under another account's key.
        Entry entry = Objects.requireNonNull(store.load(ALICE));
        saved(store, BOB, SessionStore.NONE, entry.value());

        SessionStore other = elsewhere();
        assertThat(all(other, Kind.SESSION)).hasSize(values.size() + 3);
        assertThat(other.list()).containsExactly(alice);
        for (String did : List.of("did:plc:odd0", "did:plc:bob")) {
            Throwable thrown = catchThrowable(() -> other.load(Did.of(did)));
            assertThat(thrown).isInstanceOf(SessionStoreException.class).hasMessageContaining(did);
            assertThat(text(thrown)).doesNotContain(SECRET);
            other.delete(Did.of(did));
            assertThat(other.load(Did.of(did))).isNull();
        }
    }

    /** Stores don't read arbitrarily long values into memory, so they don't write them either. */
    @Test
    public void save_tooLongValue_isRejected() throws Exception {
        SessionStore store = store();
        String longest = '"' + "x".repeat((4 << 20) - 2) + '"';
        Entry saved = saved(store, ALICE, SessionStore.NONE, longest);
        Entry loaded = elsewhere().load(ALICE);
        assertThat(loaded != null && loaded.value().equals(longest)).isTrue();
        for (String value : List.of(longest + " ", '"' + "\u00e9".repeat(2 << 20) + '"')) {
            Throwable thrown = catchThrowable(() -> store.save(ALICE, saved.generation(), value));
            assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
            assertThat(text(thrown)).doesNotContain("xxx");
        }
        assertThat(store.delete(ALICE, saved.generation())).isTrue();
    }

    private static SessionData session(String did, String refresh) {
        return SessionData.parse("{\"did\":\"" + did
                + "\",\"handle\":\"someone.test\",\"service\":\"https://service.test\"," + "\"accessJwt\":\"" + SECRET
                + "\",\"refreshJwt\":\"" + refresh + "\",\"custom\":{\"a\":1.5}}");
    }
}
