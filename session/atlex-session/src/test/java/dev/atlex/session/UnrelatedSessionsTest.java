package dev.atlex.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.testkit.Fault;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests ending a session that was saved earlier, when the store now holds a different session of the account. */
@Timeout(60)
class UnrelatedSessionsTest extends PdsTest {
    private final TestStore store = new TestStore();

    private SessionOptions with(SessionStore in) {
        return options(o -> o.store(in));
    }

    private Entry entry(SessionStore in) {
        Entry entry = in.load(Key.session(alice.did()));
        assertThat(entry).isNotNull();
        return entry;
    }

    private SessionData signIn(SessionStore in) {
        return know(PasswordSession.login(credentials(), with(in))).data();
    }

    private boolean serverTakes(SessionData data) {
        try {
            know(PasswordSession.resume(data, options()));
            return true;
        } catch (SessionEndedException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void delete_unrelatedOldData_keepsTheStoredSession(boolean inTheSameSecond, @TempDir Path folder) {
        for (SessionStore each : new SessionStore[] {store, new FileSessionStore(folder)}) {
            SessionData old = signIn(each);
            clock.advance(Duration.ofSeconds(inTheSameSecond ? 0 : 90));
            SessionData newer = signIn(each);
            Entry before = entry(each);

            PasswordSession.delete(old, with(each));

            assertThat(entry(each)).isEqualTo(before);
            assertThat(serverTakes(old)).isFalse();
            assertThat(serverTakes(newer)).isTrue();
        }
    }

    @Test
    void delete_unrelatedNewerData_keepsTheStoredSession() {
        SessionData stored = signIn(store);
        clock.advance(Duration.ofMinutes(1));
        SessionData newer =
                know(PasswordSession.login(credentials(), options())).data();
        Entry before = entry(store);

        PasswordSession.delete(newer, with(store));

        assertThat(entry(store)).isEqualTo(before);
        assertThat(serverTakes(newer)).isFalse();
        assertThat(serverTakes(stored)).isTrue();
    }

    @Test
    void rejectedRefreshOfOtherData_keepsTheStoredSession() {
        SessionData stored = signIn(store);
        clock.advance(Duration.ofMinutes(1));
        SessionData newer =
                know(PasswordSession.login(credentials(), options())).data();
        PasswordSession.delete(newer, options());
        Entry before = entry(store);

        failureOf(SessionEndedException.class, () -> PasswordSession.resume(newer, with(store)));

        assertThat(entry(store)).isEqualTo(before);
        assertThat(serverTakes(stored)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void delete_predecessor_endsTheStoredSession(int refreshes) {
        SessionData old = signIn(store);
        SessionData last = old;
        for (int i = 0; i < refreshes; i++) {
            clock.advance(Duration.ofMinutes(10));
            PasswordSession session = PasswordSession.of(entry(store), with(store));
            session.refresh();
            last = know(session).data();
        }

        PasswordSession.delete(old, with(store));

        assertThat(store.list()).isEmpty();
        assertThat(serverTakes(last)).isFalse();
        assertThat(serverTakes(old)).isFalse();
    }

    @Test
    void delete_unsavedSuccessor_endsTheStoredSession() {
        SessionData old = signIn(store);
        store.saveFails = new SessionStoreException("full", null);
        PasswordSession session = PasswordSession.of(entry(store), with(store));
        session.refresh();
        SessionData unsaved = know(session).data();
        store.saveFails = null;

        assertThat(session.logout()).isTrue();

        assertThat(store.list()).isEmpty();
        assertThat(serverTakes(unsaved)).isFalse();
        assertThat(serverTakes(old)).isFalse();
    }

    @Test
    void failedDelete_isQueuedForTheOldDataOnly() {
        SessionData old = signIn(store);
        clock.advance(Duration.ofMinutes(1));
        SessionData newer = signIn(store);
        pds.faults().next(DELETE, Fault.status(503));

        PasswordSession.delete(old, with(store));
        clock.advance(Duration.ofMinutes(2));

        assertThat(PasswordSession.finishLogouts(with(store))).isZero();
        assertThat(store.load(newer.did())).isEqualTo(newer);
        Credentials byDid = Credentials.of(pds.url().toString(), alice.did().toString(), appPassword);
        assertThat(PasswordSession.open(byDid, store, with(store)).data()).isEqualTo(newer);
        assertThat(serverTakes(old)).isFalse();
        assertThat(serverTakes(newer)).isTrue();
    }

    @Test
    void logout_resumedOldData_keepsTheNewerSession() {
        SessionData old = signIn(store);
        clock.advance(Duration.ofMinutes(1));
        SessionData newer = signIn(store);

        assertThat(PasswordSession.of(old, with(store)).logout()).isTrue();

        assertThat(store.load(newer.did())).isEqualTo(newer);
        assertThat(serverTakes(newer)).isTrue();
    }
}
