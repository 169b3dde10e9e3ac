package dev.atlex.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.testkit.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HooksTest extends PdsTest {
    /** Hooks that throw while a flag is set. */
    private static final class Failing extends RecordingHooks {
        volatile boolean broken = true;

        @Override
        public void onUpdated(PasswordSession session, SessionData data) {
            super.onUpdated(session, data);
            if (broken) {
                throw new IllegalStateException("can't save " + data.toJson());
            }
        }
    }

    /** A store whose disk is full while a flag is set. */
    private static final class FullDisk implements SessionStore {
        final MemorySessionStore disk = new MemorySessionStore();
        final AtomicInteger tries = new AtomicInteger();
        volatile boolean full;

        private void check() {
            tries.incrementAndGet();
            if (full) {
                throw new UncheckedIOException(new IOException("No space left on device"));
            }
        }

        @Override
        public @Nullable Entry load(Key key) {
            return disk.load(key);
        }

        @Override
        public void forEach(Kind kind, Consumer<? super Entry> action) {
            disk.forEach(kind, action);
        }

        @Override
        public @Nullable Entry save(Key key, long expected, String value) {
            check();
            return disk.save(key, expected, value);
        }

        @Override
        public boolean delete(Key key, long expected) {
            check();
            return disk.delete(key, expected);
        }

        @Override
        public @Nullable Lease acquireLease(Key key, Duration ttl, Duration maxWait) throws InterruptedException {
            return disk.acquireLease(key, ttl, maxWait);
        }
    }

    @Test
    void everyHook_receivesTheSessionAndItsData() {
        RecordingHooks hooks = new RecordingHooks();
        PasswordSession session = login(o -> o.hooks(hooks));
        session.refresh();
        pds.faults().inject(REFRESH, 3, Fault.status(500));
        session.refresh();
        pds.faults().next(DELETE, Fault.status(500));
        failureOf(session::logout);
        session.logout();

        assertThat(hooks.events).containsExactly("updated", "updated", "updateFailure", "deleteFailure", "deleted");
        assertThat(hooks.sessions).hasSize(5).containsOnly(session);
        assertThat(hooks.last.did()).isEqualTo(session.did());
    }

    @Test
    void failingHook_losesNoTokens() {
        Failing hooks = new Failing();

        PasswordSession session = login(o -> o.hooks(hooks));

        assertThat(session.isSaved()).isFalse();
        assertThat(hooks.events).containsExactly("updated", "updateFailure");
        assertThat(hooks.failures.get(0))
                .isInstanceOf(SessionHookException.class)
                .hasMessage("the hook onUpdated threw java.lang.IllegalStateException")
                .hasCauseInstanceOf(IllegalStateException.class);
        call(session);
        clock.advance(EXPIRY);
        call(session);
        clock.advance(EXPIRY);
        call(session);
        assertThat(refreshes()).isEqualTo(2);
        assertThat(session.isEnded()).isFalse();
        assertThat(CapturedLogs.lines()).anyMatch(line -> line.startsWith("WARNING") && line.contains("onUpdated"));
    }

    @Test
    void failingHook_isCalledAgainUntilItSucceeds() {
        Failing hooks = new Failing();
        PasswordSession session = login(o -> o.hooks(hooks));
        hooks.events.clear();

        call(session);
        assertThat(hooks.events).as("not at once").isEmpty();
        clock.advance(Duration.ofSeconds(1));
        call(session);
        assertThat(hooks.events).containsExactly("updated", "updateFailure");
        clock.advance(Duration.ofSeconds(1));
        call(session);
        assertThat(hooks.events).as("the wait has doubled").hasSize(2);
        hooks.broken = false;
        clock.advance(Duration.ofSeconds(1));
        call(session);

        assertThat(hooks.events).containsExactly("updated", "updateFailure", "updated");
        assertThat(hooks.last).isEqualTo(session.data());
        assertThat(session.isSaved()).isTrue();
        clock.advance(Duration.ofMinutes(1));
        call(session);
        assertThat(hooks.events).hasSize(3);
    }

    @Test
    void everyHookMayThrow() {
        refreshAndLogoutWith(new ThrowingHooks(data -> {
            throw new IllegalStateException(data);
        }));

        assertThat(CapturedLogs.lines()).hasSizeGreaterThanOrEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                NoSuchMethodError.class,
                StackOverflowError.class,
                AssertionError.class,
                NoClassDefFoundError.class
            })
    void everyHookMayThrowErrors(Class<? extends Error> error) {
        refreshAndLogoutWith(new ThrowingHooks(data -> {
            throw newError(error, data);
        }));
    }

    private static Error newError(Class<? extends Error> error, String message) {
        try {
            Class<?> parameter = error == AssertionError.class ? Object.class : String.class;
            return error.getConstructor(parameter).newInstance(message);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A session with these hooks is refreshed, saved and logged out like any other. */
    private void refreshAndLogoutWith(SessionHooks throwing) {
        PasswordSession session = login(o -> o.hooks(throwing));
        pds.faults().inject(REFRESH, 3, Fault.status(500));
        assertThat(session.refresh().refreshed()).isFalse();
        assertThat(session.refresh().refreshed()).isTrue();
        pds.faults().next(DELETE, Fault.status(500));
        assertThat(failureOf(session::logout)).isInstanceOf(XrpcException.class);
        session.logout();

        assertThat(session.isEnded()).isTrue();
    }

    /** Throws from every hook, with the session in the message. */
    private record ThrowingHooks(Consumer<String> thrower) implements SessionHooks {
        @Override
        public void onUpdated(PasswordSession session, SessionData data) {
            thrower.accept(data.toJson());
        }

        @Override
        public void onUpdateFailure(PasswordSession session, SessionData data, RuntimeException failure) {
            thrower.accept(data.toJson());
        }

        @Override
        public void onDeleted(PasswordSession session, SessionData data) {
            thrower.accept(data.toJson());
        }

        @Override
        public void onDeleteFailure(PasswordSession session, SessionData data, RuntimeException failure) {
            thrower.accept(data.toJson());
        }
    }

    @Test
    void hookMayUseTheSession() {
        List<String> done = new ArrayList<>();
        SessionHooks hooks = new SessionHooks() {
            @Override
            public void onUpdated(PasswordSession session, SessionData data) {
                call(session);
                assertThat(session.data()).isEqualTo(data);
                assertThat(session.target()).isEqualTo(data.pds());
                RefreshResult outcome = session.refresh();
                assertThat(outcome.refreshed())
                        .as("no refresh within a refresh")
                        .isFalse();
                assertThat(session.data()).isEqualTo(data);
                done.add("updated");
            }

            @Override
            public void onDeleted(PasswordSession session, SessionData data) {
                assertThat(session.isEnded()).isTrue();
                session.logout();
                session.close();
                assertThat(session.did()).isEqualTo(data.did());
                done.add("deleted");
            }
        };

        PasswordSession session = login(o -> o.hooks(hooks));
        session.refresh();
        session.logout();

        assertThat(done).containsExactly("updated", "updated", "deleted");
        assertThat(refreshes()).isEqualTo(1);
        assertThat(pds.count(DELETE))
                .as("the old refresh token, and the new one")
                .isEqualTo(2);
    }

    @Test
    void hookMayEndTheSession() {
        MemorySessionStore store = new MemorySessionStore();
        AtomicInteger updates = new AtomicInteger();
        SessionHooks hooks = new SessionHooks() {
            @Override
            public void onUpdated(PasswordSession session, SessionData data) {
                if (updates.incrementAndGet() == 2) {
                    session.logout();
                }
            }
        };
        PasswordSession session = login(o -> o.hooks(hooks).store(store));
        clock.advance(EXPIRY);

        failureOf(SessionEndedException.class, () -> call(session));

        assertThat(session.isEnded()).isTrue();
        assertThat(session.isSaved()).isTrue();
        assertThat(store.list()).isEmpty();
    }

    @Test
    void callsWaitWhileAHookSaves() throws Exception {
        CountDownLatch saving = new CountDownLatch(1);
        CountDownLatch saved = new CountDownLatch(1);
        AtomicInteger updates = new AtomicInteger();
        SessionHooks slow = new SessionHooks() {
            @Override
            public void onUpdated(PasswordSession session, SessionData data) {
                if (updates.incrementAndGet() == 2) {
                    saving.countDown();
                    try {
                        assertThat(saved.await(30, TimeUnit.SECONDS)).isTrue();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
        };
        PasswordSession session = login(o -> o.hooks(slow));
        Thread refresher = new Thread(session::refresh);
        refresher.start();
        saving.await();
        pds.clearRequests();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread caller = new Thread(() -> call(session));
        caller.setUncaughtExceptionHandler((thread, e) -> failure.set(e));
        caller.start();
        Racing.awaitBlocked(caller);

        assertThat(pds.count(CALL)).isZero();
        saved.countDown();
        caller.join();
        refresher.join();
        assertThat(pds.count(CALL)).isEqualTo(1);
        assertThat(failure).hasNullValue();
    }

    @Test
    void fullDisk_sessionContinuesAndSavesLater() {
        FullDisk store = new FullDisk();
        RecordingHooks hooks = new RecordingHooks();
        PasswordSession session = login(o -> o.store(store).hooks(hooks));
        assertThat(session.isSaved()).isTrue();
        SessionData old = session.data();
        store.full = true;
        clock.advance(EXPIRY);

        call(session);

        assertThat(session.isSaved()).isFalse();
        assertThat(store.list()).containsExactly(old);
        assertThat(hooks.events)
                .as("the hook got its data nevertheless")
                .containsExactly("updated", "updateFailure", "updated");
        assertThat(hooks.failures.get(0))
                .isInstanceOf(SessionHookException.class)
                .hasMessage("the store threw java.io.UncheckedIOException");
        store.full = false;
        clock.advance(Duration.ofSeconds(1));
        call(session);
        assertThat(session.isSaved()).isTrue();
        assertThat(store.list()).containsExactly(session.data());
        assertThat(hooks.events).as("only the failed hook is repeated").hasSize(3);
    }

    @Test
    void fullDisk_isNotRetriedOnEveryCall() {
        FullDisk store = new FullDisk();
        store.full = true;
        PasswordSession session = login(o -> o.store(store));

        for (int seconds = 0; seconds < 600; seconds++) {
            clock.advance(Duration.ofSeconds(1));
            if (seconds % 20 == 0) {
                call(session);
            }
        }

        assertThat(store.tries.get()).isBetween(10, 20);
    }

    @Test
    void closingSavesWhatCouldNotBeSavedBefore() {
        FullDisk store = new FullDisk();
        store.full = true;
        PasswordSession session = login(o -> o.store(store));
        store.full = false;

        session.close();

        assertThat(store.list()).containsExactly(session.data());
    }

    @Test
    void staleStoreEntry_isNotAdopted() {
        FullDisk store = new FullDisk();
        PasswordSession session = login(o -> o.store(store));
        store.full = true;
        session.refresh();
        pds.revokeSessions(alice.did());

        failureOf(SessionEndedException.class, session::refresh);

        assertThat(refreshes()).as("the older token in the store is not tried").isEqualTo(2);
    }

    @Test
    void storeFollowsTheSession() {
        MemorySessionStore store = new MemorySessionStore();
        PasswordSession session = login(o -> o.store(store));
        assertThat(store.load(session.did())).isEqualTo(session.data());
        session.refresh();
        assertThat(store.load(session.did())).isEqualTo(session.data());
        session.logout();
        assertThat(store.load(session.did())).isNull();
    }

    @Test
    void logout_storeCantDelete_stillRevokes() {
        FullDisk store = new FullDisk();
        RecordingHooks hooks = new RecordingHooks();
        PasswordSession session = login(o -> o.store(store).hooks(hooks));
        store.full = true;

        session.logout();

        assertThat(session.isEnded()).isTrue();
        assertThat(hooks.events).endsWith("deleted");
    }

    @Test
    void failedRefreshHasItsCause() {
        RecordingHooks hooks = new RecordingHooks();
        PasswordSession session = login(o -> o.hooks(hooks));
        pds.faults().inject(REFRESH, 3, Fault.html(502));

        session.refresh();

        assertThat(hooks.failures.get(0))
                .isInstanceOfSatisfying(
                        XrpcResponseException.class, e -> assertThat(e.status()).isEqualTo(502));
    }
}
