package dev.atlex.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.session.internal.persist.CompareAndSet;
import dev.atlex.session.internal.persist.SessionRecord;
import dev.atlex.session.pool.AccountPool;
import dev.atlex.session.pool.AccountResult;
import dev.atlex.session.pool.PoolOptions;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Did;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of stores that conflict endlessly, hold invalid sessions, or throw errors. */
@Timeout(60)
class HostileStoreTest extends PdsTest {
    private static final String OTHER = "did:plc:zzzzzzzzzzzzzzzzzzzzzzzz";

    private final TestStore store = new TestStore();

    private SessionOptions with(SessionStore in) {
        return options(o -> o.store(in));
    }

    private PasswordSession signIn(SessionStore in) {
        return know(PasswordSession.login(credentials(), with(in)));
    }

    static List<String> notSessions() {
        return List.of(
                "{}",
                "[]",
                "7",
                "null",
                "\"text\"",
                "true",
                "1.5",
                "{\"session\":null}",
                "{\"session\":[]}",
                "{\"session\":{\"did\":\"" + OTHER + "\"}}",
                "{\"session\":{\"did\":7,\"handle\":\"a.test\",\"service\":\"https://a.test\",\"accessJwt\":\"a\",\"refreshJwt\":\"b\"}}",
                "{\"session\":{\"did\":\"did:plc:aaaaaaaaaaaaaaaaaaaaaaaa\",\"handle\":\"a.test\",\"service\":\"https://a.test\","
                        + "\"accessJwt\":\"a\",\"refreshJwt\":\"b\"}}",
                "{\"session\":{\"did\":\"" + OTHER
                        + "\",\"handle\":\"a.test\",\"service\":\"mailto:a\",\"accessJwt\":\"a\","
                        + "\"refreshJwt\":\"b\"}}");
    }

    @Nested
    class Lists {
        @ParameterizedTest
        @MethodSource("dev.atlex.session.HostileStoreTest#notSessions")
        void invalidEntry_hidesNoOthers(String value, @TempDir Path folder) {
            for (SessionStore each : List.of(store, new MemorySessionStore(), new FileSessionStore(folder))) {
                PasswordSession session = signIn(each);
                for (String name : List.of(OTHER, "not-a-did")) {
                    each.save(new Key(Kind.SESSION, name), SessionStore.NONE, value);
                }

                assertThat(each.list()).containsExactly(session.data());
                assertThat(CapturedLogs.lines()).anyMatch(line -> line.contains(OTHER));
                try (AccountPool pool = AccountPool.create(each, PoolOptions.of(o -> o.session(options())))) {
                    assertThat(pool.accounts()).contains(session.did());
                    pool.forEachHealth(health -> assertThat(health.did()).isEqualTo(session.did()));
                    assertThat(pool.find(session.handle())).isNotNull();
                    assertThat(pool.maintain().notRefreshed()).isEmpty();
                    assertThat(pool.resumeAll(2))
                            .filteredOn(result -> result.did().equals(session.did()))
                            .extracting(AccountResult::outcome)
                            .containsExactly(AccountResult.Outcome.DONE);
                    assertThat(pool.logoutAll(2))
                            .filteredOn(result -> result.did().equals(session.did()))
                            .extracting(AccountResult::outcome)
                            .containsExactly(AccountResult.Outcome.DONE);
                }
                assertThat(each.list()).isEmpty();
            }
        }

        @Test
        void forEach_exceptionOfTheAction_isThrown() {
            signIn(store);
            try (AccountPool pool = AccountPool.create(store, PoolOptions.of(o -> o.session(options())))) {
                assertThatThrownBy(() -> pool.forEachHealth(health -> {
                            throw new SessionStoreException("of the action", null);
                        }))
                        .hasMessage("of the action");
            }
        }
    }

    @Nested
    class Conflicts {
        @Test
        void constantConflicts_saveAndDeleteGiveUp() {
            SessionData data = signIn(store).data();
            store.conflicts = true;

            for (org.assertj.core.api.ThrowableAssert.ThrowingCallable change :
                    List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
                            () -> store.save(data), () -> store.delete(data.did()))) {
                store.changes.set(0);
                assertThat(failureOf(SessionStoreException.class, change))
                        .hasMessageContaining(data.did().toString());
                assertThat(store.changes).hasValue(CompareAndSet.MAX_TRIES);
            }
        }

        @Test
        void constantConflicts_openFailsBeforeAnyRequest() {
            store.conflicts = true;

            failureOf(SessionStoreException.class, () -> PasswordSession.open(credentials(), store, with(store)));

            assertThat(pds.requests()).isEmpty();
        }

        @Test
        void constantConflicts_sessionWorksUnsaved() {
            PasswordSession session = signIn(store);
            store.conflicts = true;

            assertThat(session.refresh().refreshed()).isTrue();
            know(session);
            call(session);
            assertThat(session.isSaved()).isFalse();
            assertThat(session.logout()).isTrue();

            assertThat(session.isEnded()).isTrue();
        }

        @Test
        void refresh_constantlyReplacedEntry_isBounded() {
            SessionData old = signIn(store).data();
            PasswordSession session = know(PasswordSession.of(store.load(Key.session(old.did())), with(store)));
            int[] saves = {0};
            // After each rejection there are other tokens in the store, which are rejected too.
            PasswordSession victim = PasswordSession.of(
                    store.load(Key.session(old.did())),
                    options(o -> o.store(store).transport(request -> {
                        if (request.uri().getPath().endsWith(REFRESH)) {
                            String dead = FakeServer.token(
                                    "dead-" + saves[0]++, clock.instant().plus(Duration.ofDays(99)));
                            store.put(
                                    Key.session(old.did()),
                                    new SessionRecord(
                                                    SessionData.parse(old.toJson()
                                                            .replace(old.refreshJwt(), dead)
                                                            .replace(
                                                                    old.accessJwt(),
                                                                    FakeServer.token(
                                                                            "a",
                                                                            clock.instant()
                                                                                    .minusSeconds(9)))),
                                                    List.of())
                                            .toJson());
                            return FakeServer.json(400, "{\"error\":\"ExpiredToken\"}");
                        }
                        return send(request);
                    })));

            assertThat(victim.refresh().refreshed()).isFalse();

            assertThat(saves[0]).isLessThan(10);
            assertThat(session.isEnded()).isFalse();
        }
    }

    @Nested
    class Errors {
        @ParameterizedTest
        @ValueSource(strings = {"load", "save", "lease", "close"})
        void errorInTheStore_losesNoTokens(String what) {
            PasswordSession session = signIn(store);
            Throwable failure = new StackOverflowError();
            switch (what) {
                case "load" -> store.loadFails = failure;
                case "save" -> store.saveFails = new NoClassDefFoundError("a.driver");
                case "lease" -> store.leaseFails = failure;
                default -> store.closeFails = new AssertionError("a mistake");
            }
            clock.advance(EXPIRY);

            call(session);

            know(session);
            assertThat(refreshes()).isEqualTo(1);
            assertThat(session.isSaved()).isEqualTo(!what.equals("save"));
            store.loadFails = null;
            store.saveFails = null;
            store.leaseFails = null;
            clock.advance(Duration.ofSeconds(2));
            call(session);
            assertThat(store.load(session.did())).isEqualTo(session.data());
        }

        @Test
        void errorInListenerOrHook_doesNotAffectCalls() {
            SessionHooks hooks = new SessionHooks() {
                @Override
                public void onUpdated(PasswordSession session, SessionData data) {
                    throw new LinkageError("a mistake");
                }

                @Override
                public void onUpdateFailure(PasswordSession session, SessionData data, RuntimeException failure) {
                    throw new StackOverflowError();
                }

                @Override
                public void onDeleted(PasswordSession session, SessionData data) {
                    throw new AssertionError();
                }

                @Override
                public void onDeleteFailure(PasswordSession session, SessionData data, RuntimeException failure) {
                    throw new ExceptionInInitializerError("a mistake");
                }
            };
            PasswordSession session = know(PasswordSession.login(
                    credentials(),
                    options(o -> o.store(store).hooks(hooks).listener(event -> {
                        throw new OutOfMemoryError("of the listener");
                    }))));
            clock.advance(EXPIRY);

            call(session);
            know(session);
            assertThat(store.load(session.did())).isEqualTo(session.data());
            assertThat(session.isSaved()).as("the hook failed to save it").isFalse();
            pds.faults().next(DELETE, dev.atlex.testkit.Fault.status(503));
            assertThat(session.logout()).isFalse();

            assertThat(session.isEnded()).isTrue();
            assertThat(store.list()).isEmpty();
        }

        @Test
        void corruptEntryIsReplacedBySavingAndDeleted() {
            SessionData data = signIn(store).data();
            Key key = Key.session(Did.of(OTHER));
            store.put(key, "[]");
            store.delete(Did.of(OTHER));
            Entry gone = store.load(key);
            store.put(Key.session(data.did()), "{}");
            store.save(data);

            assertThat(gone).isNull();
            assertThat(store.load(data.did())).isEqualTo(data);
        }
    }
}
