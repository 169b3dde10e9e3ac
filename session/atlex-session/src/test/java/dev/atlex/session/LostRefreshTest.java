package dev.atlex.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.client.XrpcException;
import dev.atlex.session.internal.persist.EndedTokens;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Did;
import dev.atlex.testkit.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logouts by a process that does not know the newest tokens: a response was lost, or a disk was full. */
@Timeout(60)
class LostRefreshTest extends PdsTest {
    private final TestStore store = new TestStore();

    /** The bodies of refreshes, lost ones included. */
    private final List<SessionData> issued = new CopyOnWriteArrayList<>();

    private SessionOptions with(SessionStore in) {
        return options(o -> o.store(in));
    }

    private Entry entry(SessionStore in) {
        Entry entry = in.load(Key.session(alice.did()));
        assertThat(entry).isNotNull();
        return entry;
    }

    private PasswordSession another(SessionStore in) {
        return know(PasswordSession.of(entry(in), with(in)));
    }

    private boolean serverTakes(SessionData data) {
        try {
            know(PasswordSession.resume(data, options()));
            return true;
        } catch (SessionEndedException e) {
            return false;
        }
    }

    /** The response to the same token within the grace period: the lost successor. */
    private SessionData successor(SessionData data) {
        SessionData next = know(PasswordSession.resume(data, options())).data();
        issued.add(next);
        return next;
    }

    private void loseTheNextRefresh(PasswordSession session) {
        pds.faults().always(REFRESH, Fault.dropAfterProcessing());
        assertThat(session.refresh().refreshed()).isFalse();
        pds.faults().clear();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void logout_revokesTheLostSuccessor(boolean stored) {
        PasswordSession session = stored ? know(PasswordSession.login(credentials(), with(store))) : login();
        SessionData old = session.data();
        loseTheNextRefresh(session);
        SessionData lost = successor(old);

        assertThat(session.logout()).isTrue();

        assertThat(serverTakes(lost)).isFalse();
        assertThat(serverTakes(old)).isFalse();
    }

    @Test
    void lostSuccessor_isRevokedByTheNextProcess(@TempDir Path folder) {
        FileSessionStore files = new FileSessionStore(folder);
        PasswordSession session = know(PasswordSession.login(credentials(), with(files)));
        SessionData old = session.data();
        loseTheNextRefresh(session);
        SessionData lost = successor(old);
        pds.faults().always(REFRESH, Fault.dropBeforeProcessing());
        pds.faults().always(DELETE, Fault.dropBeforeProcessing());
        assertThat(session.logout()).isFalse();
        assertThat(files.list()).isEmpty();
        pds.faults().clear();
        clock.advance(Duration.ofMinutes(1));

        assertThat(PasswordSession.finishLogouts(with(new FileSessionStore(folder))))
                .isZero();

        assertThat(serverTakes(lost)).isFalse();
        assertThat(serverTakes(old)).isFalse();
    }

    @Test
    void unreachableSuccessor_keepsItsPredecessorQueued() {
        PasswordSession session = know(PasswordSession.login(credentials(), with(store)));
        SessionData old = session.data();
        loseTheNextRefresh(session);
        SessionData lost = successor(old);
        pds.faults().always(REFRESH, Fault.status(503));

        assertThat(session.logout()).isFalse();
        assertThat(pds.count(DELETE))
                .as("otherwise the successor could no longer be found")
                .isZero();
        pds.faults().clear();
        clock.advance(Duration.ofMinutes(1));

        assertThat(PasswordSession.finishLogouts(with(store))).isZero();
        assertThat(serverTakes(lost)).isFalse();
    }

    @Test
    void logout_nothingLost_requestsNoTokens() {
        PasswordSession session = know(PasswordSession.login(credentials(), with(store)));
        session.refresh();
        know(session);
        pds.faults().next(REFRESH, Fault.rateLimited(60));
        session.refresh();
        pds.clearRequests();

        assertThat(session.logout()).isTrue();

        assertThat(refreshes()).isZero();
    }

    @Test
    void knownSuccessor_isNotRequestedAgain() {
        PasswordSession session = know(PasswordSession.login(credentials(), with(store)));
        loseTheNextRefresh(session);
        session.refresh();
        know(session);
        pds.clearRequests();

        assertThat(session.logout()).isTrue();

        assertThat(refreshes()).isZero();
    }

    // A full disk

    private PasswordSession unsaved(SessionStore in) {
        PasswordSession session = know(PasswordSession.login(credentials(), with(in)));
        store.saveFails = new SessionStoreException("full", null);
        session.refresh();
        know(session);
        assertThat(session.isSaved()).isFalse();
        store.saveFails = null;
        return session;
    }

    @ParameterizedTest
    @ValueSource(strings = {"call", "close", "refresh", "expiry", "much later"})
    void unsavedSession_logoutConfirmedElsewhere_ends(String how) {
        PasswordSession here = unsaved(store);
        SessionData unsaved = here.data();
        assertThat(another(store).logout()).as("confirmed").isTrue();
        clock.advance(
                switch (how) {
                    case "expiry" -> EXPIRY;
                    case "much later" -> Duration.ofDays(50);
                    default -> Duration.ofMinutes(2);
                });

        switch (how) {
            case "close" -> here.close();
            case "refresh" -> failureOf(SessionEndedException.class, here::refresh);
            default -> failureOf(SessionEndedException.class, () -> call(here));
        }

        assertThat(store.list()).isEmpty();
        assertThat(here.isEnded()).isTrue();
        assertThat(serverTakes(unsaved)).isFalse();
        store.forEach(Kind.LOGOUT, entry -> {
            throw new AssertionError(entry);
        });
    }

    @Test
    void unsavedSession_unrecordedLogout_ends() {
        PasswordSession here = unsaved(store);
        SessionData unsaved = here.data();
        PasswordSession elsewhere = another(store);
        store.saveFails = new SessionStoreException("full", null);
        assertThat(elsewhere.logout()).as("confirmed").isTrue();
        store.saveFails = null;
        assertThat(store.list()).isEmpty();
        clock.advance(Duration.ofMinutes(2));

        failureOf(SessionEndedException.class, () -> call(here));

        assertThat(store.list()).isEmpty();
        assertThat(serverTakes(unsaved)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void unsavedSession_lostEntry_isSavedOnceConfirmed(boolean away) {
        PasswordSession here = unsaved(store);
        store.delete(here.did());
        clock.advance(Duration.ofMinutes(2));
        if (away) {
            pds.faults().always(REFRESH, Fault.status(503));
            call(here);
            assertThat(here.isSaved()).as("the server can't be asked").isFalse();
            assertThat(store.list()).isEmpty();
            pds.faults().clear();
            clock.advance(Duration.ofMinutes(6));
        }

        call(here);

        know(here);
        assertThat(here.isSaved()).isTrue();
        assertThat(store.load(here.did())).isEqualTo(here.data());
    }

    @Test
    void close_serverDown_savesTheLostEntry() {
        PasswordSession here = unsaved(store);
        store.delete(here.did());
        pds.faults().always(REFRESH, Fault.status(503));

        here.close();

        assertThat(store.load(here.did())).isEqualTo(here.data());
    }

    @Test
    void finishedLogout_lateRefresh_doesNotReviveTheSession() {
        PasswordSession here = know(PasswordSession.login(credentials(), with(store)));
        PasswordSession elsewhere = another(store);
        store.leaseFails = new SessionStoreException("no leases today", null);
        store.beforeSave = () -> {
            store.leaseFails = null;
            assertThat(elsewhere.logout()).isTrue();
        };
        clock.advance(EXPIRY);

        failureOf(SessionEndedException.class, () -> call(here));

        assertThat(store.list()).isEmpty();
        assertThat(pds.count(DELETE)).as("the late tokens too").isGreaterThan(1);
    }

    @Test
    void signInAfterLogout_isSavedAndRefreshed() {
        PasswordSession first = know(PasswordSession.login(credentials(), with(store)));
        first.logout();

        PasswordSession session = know(PasswordSession.open(credentials(), store, with(store)));
        session.refresh();
        know(session);
        store.delete(session.did());
        session.refresh();
        know(session);

        assertThat(session.isSaved()).isTrue();
        assertThat(store.load(session.did())).isEqualTo(session.data());
    }

    @Test
    void logout_storeAndServerFail_throws() {
        PasswordSession session = know(PasswordSession.login(credentials(), with(store)));
        SessionData old = session.data();
        store.saveFails = new SessionStoreException("full", null);
        pds.faults().always(DELETE, Fault.status(503));
        failureOf(XrpcException.class, session::logout);
        pds.faults().clear();
        SessionData met = successor(old);

        assertThat(session.logout()).isTrue();

        assertThat(serverTakes(met)).isFalse();
        assertThat(serverTakes(old)).isFalse();
    }

    @Test
    void revokedTokens_areKeptAsDigestsFor100Days() {
        NotedTokens tokens = new NotedTokens();
        for (int i = 0; i < 400; i++) {
            tokens.end("token-" + i);
        }
        assertThat(tokens.has("token-399")).isTrue();
        assertThat(tokens.has("token-0")).as("the oldest of many").isFalse();
        assertThat(tokens.value()).doesNotContain("token-399");
        clock.advance(Duration.ofDays(101));
        tokens.end("later");
        assertThat(tokens.has("token-399")).isFalse();
        assertThat(tokens.has("later")).isTrue();
        clock.advance(Duration.ofDays(-500));
        tokens.end("earlier");
        assertThat(tokens.has("earlier")).isTrue();
        store.put(EndedTokens.key(alice.did()), "{\"ended\":[7,{},{\"token\":\"a\",\"at\":9223372036854775807}]}");
        assertThat(tokens.has("a")).isFalse();
        tokens.end("after");
        assertThat(tokens.has("after")).isTrue();
    }

    private final class NotedTokens {
        private final Did did = alice.did();

        void end(String token) {
            EndedTokens.add(store, did, List.of(token), clock);
        }

        boolean has(String token) {
            return EndedTokens.contain(store, did, List.of(token));
        }

        String value() {
            Entry entry = store.load(EndedTokens.key(did));
            return entry == null ? "" : entry.value();
        }
    }
}
