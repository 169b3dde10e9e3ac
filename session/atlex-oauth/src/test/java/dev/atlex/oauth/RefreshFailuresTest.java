package dev.atlex.oauth;

import static dev.atlex.oauth.OAuthFixture.TOKEN;
import static dev.atlex.oauth.OAuthFixture.call;
import static dev.atlex.oauth.OAuthFixture.intercepting;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.oauth.HookedStore.Operation;
import dev.atlex.oauth.internal.session.OAuthContext;
import dev.atlex.session.SessionEndedException;
import dev.atlex.session.SessionEndedException.Reason;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.SessionHealth.Status;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Lease;
import dev.atlex.testkit.Fault;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of refreshes that fail: in the store, on the network, at the server. */
class RefreshFailuresTest {
    private static final Duration QUIET = Duration.ofSeconds(31);

    private final OAuthFixture oauth = new OAuthFixture();

    @AfterEach
    void close() {
        oauth.close();
    }

    private SessionEndedException ended(OAuthSession session) {
        assertThat(session.isEnded()).isTrue();
        return (SessionEndedException) session.health().failure();
    }

    /** Without an exclusive lease and a saved marker, no token is sent. The server's log proves it. */
    @Nested
    class NothingIsSent {
        @ParameterizedTest
        @EnumSource(
                value = Operation.class,
                names = {"LOAD", "LEASE", "SAVE"})
        void storeFails(Operation operation) {
            OAuthSession session = oauth.opened(oauth.alice);
            Runnable repair = oauth.store.fail(operation);

            assertThat(session.refresh().refreshed()).isFalse();
            assertThat(oauth.tokenRequests()).isZero();
            call(session);
            assertThat(session.health().status()).isEqualTo(Status.FAILING);
            assertThat(oauth.events).anyMatch(event -> event instanceof SessionEvent.RefreshFailed);

            oauth.expire();
            assertThatThrownBy(() -> call(session)).isInstanceOf(SessionBusyException.class);
            assertThat(oauth.tokenRequests()).isZero();
            repair.run();
            oauth.advance(QUIET);
            call(session);
            assertThat(oauth.pds.oauth().rotations()).isEqualTo(1);
        }

        @Test
        void leaseIsHeldElsewhere() throws Exception {
            OAuthSession session = oauth.opened(oauth.alice);
            try (Lease lease =
                    oauth.store.acquireLease(oauth.stored(oauth.alice).key(), Duration.ofMinutes(1), Duration.ZERO)) {
                assertThat(lease).isNotNull();
                oauth.advance(Duration.ofMinutes(55));
                call(session);
                assertThat(oauth.tokenRequests()).isZero();
            }
            call(session);
            assertThat(oauth.pds.oauth().rotations()).isEqualTo(1);
        }

        @Test
        void markerOfAnotherProcessIsRecent() {
            OAuthSession session = oauth.opened(oauth.alice);
            oauth.pds.faults().next(TOKEN, Fault.dropBeforeProcessing());
            assertThat(session.refresh().refreshed()).isFalse();
            oauth.pds.clearRequests();
            OAuthSession other = oauth.resumed(oauth.alice);

            assertThat(other.refresh().refreshed()).isFalse();
            oauth.advance(Duration.ofSeconds(28));
            assertThat(other.refresh().refreshed()).isFalse();
            assertThat(oauth.tokenRequests()).isZero();
            call(other);
            oauth.advance(Duration.ofSeconds(3));
            assertThat(other.refresh().refreshed()).isTrue();
            call(session);
        }
    }

    @Nested
    class LostResponse {
        @Test
        void afterRotation_oneMoreTry_thenRefreshLost() {
            OAuthSession session = oauth.opened(oauth.alice);
            oauth.pds.faults().next(TOKEN, Fault.dropAfterProcessing());
            assertThat(session.refresh().failure()).isInstanceOf(TransportException.class);
            assertThat(oauth.pds.oauth().rotations()).isEqualTo(1);
            int sent = oauth.tokenRequests();

            oauth.advance(Duration.ofSeconds(29));
            assertThat(session.refresh().refreshed()).isFalse();
            assertThatThrownBy(() -> call(session)).isInstanceOf(SessionBusyException.class);
            assertThat(oauth.tokenRequests()).isEqualTo(sent);

            oauth.advance(Duration.ofSeconds(2));
            assertThatThrownBy(session::refresh)
                    .isInstanceOfSatisfying(
                            SessionEndedException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.REFRESH_LOST));
            assertThat(oauth.tokenRequests()).isEqualTo(sent + 1);
            assertThat(oauth.stored(oauth.alice)).isNull();
            assertThatThrownBy(() -> call(session)).isInstanceOf(SessionEndedException.class);
            assertThat(oauth.events).anyMatch(event -> event instanceof SessionEvent.Ended);
        }

        @Test
        void beforeRotation_sessionLives() {
            OAuthSession session = oauth.opened(oauth.alice);
            oauth.pds.faults().next(TOKEN, Fault.dropBeforeProcessing());
            assertThat(session.refresh().refreshed()).isFalse();
            call(session);
            oauth.advance(QUIET);

            assertThat(session.refresh().refreshed()).isTrue();
            call(session);
            assertThat(session.health().status()).isEqualTo(Status.ACTIVE);
        }

        @Test
        void afterARefusal_theEarlierMarkerStays() {
            OAuthSession session = oauth.opened(oauth.alice);
            oauth.pds.faults().next(TOKEN, Fault.dropAfterProcessing());
            session.refresh();
            oauth.advance(QUIET);
            oauth.pds.faults().next(TOKEN, Fault.status(429));
            assertThat(session.refresh().refreshed()).isFalse();
            OAuthSession other = oauth.resumed(oauth.alice);
            oauth.advance(QUIET);

            assertThatThrownBy(other::refresh)
                    .isInstanceOfSatisfying(
                            SessionEndedException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.REFRESH_LOST));
        }
    }

    /** Only {@code invalid_grant} ends a session. */
    @Nested
    class Answers {
        private final AtomicInteger status = new AtomicInteger();
        private volatile String body = "";

        private OAuthContext scripted() {
            return oauth.program(
                    oauth.store,
                    intercepting(
                            TOKEN,
                            transport -> request -> status.get() == 0
                                    ? transport.send(request)
                                    : TransportResponse.of(
                                            status.get(),
                                            HttpHeaders.of("Content-Type", "application/json"),
                                            body.getBytes(UTF_8))));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "400 | {'error':'use_dpop_nonce','error_description':'DPoP \"nonce\" mismatch'}",
                    "401 | {'error':'invalid_dpop_proof','error_description':'DPoP proof required'}",
                    "401 | {'error':'invalid_dpop_proof','error_description':'DPoP proof replayed'}",
                    "400 | {'error':'invalid_client','error_description':'no applicable key found in the JSON Web Key Set'}",
                    "400 | {'error':'invalid_client_metadata','error_description':'Unable to obtain client metadata'}",
                    "400 | {'error':'invalid_request','error_description':'a \"client_assertion\" is required'}",
                    "400 | {'error':'invalid_grant','error_description':'Client credentials missing: client_id'}",
                    "400 | {'error':'unauthorized_client'}",
                    "403 | {}",
                    "404 | not found",
                    "429 | {'error':'slow_down'}",
                    "500 | {'error':'server_error','error_description':'Server error'}",
                    "502 | <html>Bad gateway</html>",
                    "503 | {'error':'temporarily_unavailable'}",
                    "200 | {}",
                    "200 | {'access_token':7}",
                    "200 | <html>captive portal</html>",
                    "302 | elsewhere"
                })
        void otherThanInvalidGrant_keepsTheSession(int code, String answer) {
            oauth.signIn(oauth.alice);
            OAuthSession session = oauth.resumed(oauth.alice, scripted());
            body = answer.replace('\'', '"');
            status.set(code);
            assertThat(session.refresh().refreshed()).isFalse();

            assertThat(session.isEnded()).isFalse();
            assertThat(session.health().failure()).isNotNull();
            assertThat(oauth.stored(oauth.alice)).isNotNull();
            call(session);
            status.set(0);
            oauth.advance(QUIET);
            assertThat(session.refresh().refreshed()).isTrue();
            call(session);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "Session expired | EXPIRED",
                    "Refresh token expired | EXPIRED",
                    "Refresh token replayed | REPLAYED",
                    "Invalid refresh token | REVOKED",
                    "Token was not issued to this client | REVOKED"
                })
        void invalidGrant_endsTheSession(String description, Reason reason) {
            oauth.signIn(oauth.alice);
            OAuthSession session = oauth.resumed(oauth.alice, scripted());
            body = "{\"error\":\"invalid_grant\",\"error_description\":\"" + description + "\"}";
            status.set(400);

            assertThatThrownBy(session::refresh).isInstanceOf(SessionEndedException.class);
            assertThat(ended(session).reason()).isEqualTo(reason);
            assertThat(oauth.stored(oauth.alice)).isNull();
        }

        @Test
        void invalidGrant_adoptsWhatAnotherProcessSaved() {
            oauth.signIn(oauth.alice);
            OAuthSession session = oauth.resumed(oauth.alice, scripted());
            body = "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid refresh token\"}";
            status.set(400);
            // The account signs in again while the response is on its way.
            AtomicInteger saves = new AtomicInteger();
            oauth.store.after = operation -> {
                if (operation == Operation.SAVE && saves.incrementAndGet() == 1) {
                    oauth.signIn(oauth.alice);
                }
            };

            assertThat(session.refresh().refreshed()).isTrue();
            assertThat(session.isEnded()).isFalse();
            assertThat(oauth.stored(oauth.alice)).isNotNull();
            call(session);
        }
    }

    @Nested
    class SavingFails {
        private final AtomicBoolean full = new AtomicBoolean();

        /** A program whose disk is full as soon as the response to a refresh has arrived. */
        private OAuthSession session() {
            oauth.store.before = operation -> {
                if (operation == Operation.SAVE && full.get()) {
                    throw new IllegalStateException("disk full");
                }
            };
            return oauth.resumed(oauth.alice, oauth.program(oauth.store, intercepting(TOKEN, transport -> request -> {
                TransportResponse response = transport.send(request);
                full.set(response.status() == 200);
                return response;
            })));
        }

        @Test
        void memoryServes_andNobodyElseRotates() {
            oauth.signIn(oauth.alice);
            OAuthSession session = session();
            OAuthSession other = oauth.resumed(oauth.alice);
            assertThat(session.refresh().refreshed()).isTrue();

            assertThat(session.isSaved()).isFalse();
            assertThat(session.health().saved()).isFalse();
            assertThat(oauth.events).anyMatch(event -> event instanceof SessionEvent.SaveFailed);
            call(session);
            int sent = oauth.tokenRequests();
            oauth.advance(Duration.ofMinutes(2));
            full.set(false);
            assertThat(other.refresh().refreshed()).isFalse();
            assertThat(oauth.tokenRequests()).isEqualTo(sent);

            assertThat(session.save(Duration.ofSeconds(10))).isTrue();
            assertThat(oauth.events).contains(new SessionEvent.SaveRecovered(oauth.alice.did()));
            call(other);
            assertThat(other.data()).isEqualTo(session.data());
            assertThat(oauth.pds.oauth().rotations()).isEqualTo(1);
        }

        @Test
        void savingThatHangs_blocksNoCall() {
            oauth.signIn(oauth.alice);
            OAuthSession session = session();
            session.refresh();
            CountDownLatch mayContinue = new CountDownLatch(1);
            oauth.store.before = operation -> {
                if (operation == Operation.SAVE) {
                    assertThatCode(mayContinue::await).doesNotThrowAnyException();
                }
            };
            oauth.advance(QUIET);
            call(session);
            call(session);
            assertThat(session.isSaved()).isFalse();
            mayContinue.countDown();

            assertThat(session.save(Duration.ofSeconds(30))).isTrue();
        }

        @Test
        void close_triesAgain() {
            oauth.signIn(oauth.alice);
            OAuthSession session = session();
            session.refresh();
            full.set(false);
            session.close();

            call(oauth.resumed(oauth.alice));
            assertThat(session.isSaved()).isTrue();
        }

        @Test
        void nextRefresh_savesFirst() {
            oauth.signIn(oauth.alice);
            OAuthSession session = session();
            session.refresh();
            assertThat(session.refresh().refreshed()).isFalse();
            assertThat(oauth.pds.oauth().rotations()).isEqualTo(1);
            full.set(false);
            oauth.advance(QUIET);
            session.refresh();

            assertThat(oauth.pds.oauth().rotations()).isEqualTo(2);
            call(session);
        }
    }

    @Test
    void missingEntry_isCreatedAgain() {
        OAuthSession session = oauth.opened(oauth.alice);
        Entry entry = oauth.stored(oauth.alice);
        oauth.store.delete(entry.key(), entry.generation());

        assertThat(session.refresh().refreshed()).isTrue();
        call(oauth.resumed(oauth.alice));
    }
}
