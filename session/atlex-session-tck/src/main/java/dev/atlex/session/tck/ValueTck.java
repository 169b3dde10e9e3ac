package dev.atlex.session.tck;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Tests for keys, values and failures. */
abstract class ValueTck extends EntryTck {
    protected abstract boolean breakStorage() throws Exception;

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
            Kind kind = Kind.values()[values.size() % Kind.values().length];
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
        // A valid session under a different account's key.
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
