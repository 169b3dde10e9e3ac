package dev.atlex.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.LexMap;
import dev.atlex.identity.IdentityException;
import dev.atlex.session.AccountMismatchException;
import dev.atlex.session.CorruptStoreEntryException;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.store.EntryStore;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Callbacks of attackers, and responses of servers that lie. */
class CallbackTest {
    private final OAuthWorld world = new OAuthWorld();
    private final OAuthClient client = world.client();

    @AfterEach
    void close() {
        world.close();
    }

    private URI callback(Authorization authorization, TestAccount account) {
        return world.pds.authorize(authorization.url(), account);
    }

    private void assertNothingSent() {
        assertThat(world.transport.count("/oauth/token")).isZero();
    }

    /** Refused before the code leaves this program. */
    @Nested
    class BeforeTheExchange {
        private Authorization authorization;
        private URI callback;

        @BeforeEach
        void authorize() {
            authorization = client.authorize(OAuthWorld.handle(world.alice));
            callback = callback(authorization, world.alice);
        }

        private void assertStillWorks() {
            assertThat(client.callback(callback, authorization.browserSecret()).did())
                    .isEqualTo(world.alice.did());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "code=x&iss=y",
                    "state=unknown&code=x",
                    "state=a&state=b",
                    "state=%zz",
                    "state",
                    "error=access_denied"
                })
        void unknownState_isRefused(String query) {
            assertThatThrownBy(() -> client.callback(query, authorization.browserSecret()))
                    .isInstanceOf(AuthorizationExpiredException.class);
            assertNothingSent();
            assertStillWorks();
        }

        @Test
        void usedState_isRefused() {
            client.callback(callback, authorization.browserSecret());
            long sent = world.transport.count("/oauth/token");

            assertThatThrownBy(() -> client.callback(callback, authorization.browserSecret()))
                    .isInstanceOf(AuthorizationExpiredException.class)
                    .hasMessageContaining("start again");
            assertThat(world.transport.count("/oauth/token")).isEqualTo(sent);
            assertThat(world.pds.oauth().sessions(world.alice.did())).isEqualTo(1);
        }

        @Test
        void expiredState_isRefusedAndForgotten() {
            world.clock.advance(Duration.ofMinutes(21));

            assertThatThrownBy(() -> client.callback(callback, authorization.browserSecret()))
                    .isInstanceOf(AuthorizationExpiredException.class)
                    .hasMessageContaining("20 minutes");
            assertNothingSent();
            assertThat(world.entries(Kind.AUTHORIZATION)).isZero();
        }

        @Test
        void otherBrowser_isRefusedWithoutUsingUpTheState() {
            String other = client.authorize(OAuthWorld.handle(world.bob)).browserSecret();
            for (@Nullable String secret : new String[] {other, "", null}) {
                assertThatThrownBy(() -> client.callback(callback, secret))
                        .isInstanceOf(BrowserMismatchException.class);
            }
            assertNothingSent();
            assertStillWorks();
        }

        @Test
        void wrongOrMissingIssuer_isRefusedOnceAndForAll() {
            String query = callback.getRawQuery();
            String wrong = query.replaceAll("iss=[^&]*", "iss=https%3A%2F%2Fevil.example.com");

            assertThatThrownBy(() -> client.callback(wrong, authorization.browserSecret()))
                    .isInstanceOfSatisfying(IssuerMismatchException.class, e -> {
                        assertThat(e.expected()).isEqualTo(world.pds.url());
                        assertThat(e.found()).isNull();
                    })
                    .hasMessageNotContaining("evil");
            assertThatThrownBy(() -> client.callback(callback, authorization.browserSecret()))
                    .isInstanceOf(AuthorizationExpiredException.class);

            Authorization second = client.authorize(OAuthWorld.handle(world.alice));
            String missing = callback(second, world.alice).getRawQuery().replaceAll("iss=[^&]*&?", "");
            assertThatThrownBy(() -> client.callback(missing, second.browserSecret()))
                    .isInstanceOf(IssuerMismatchException.class)
                    .hasMessageContaining("has no issuer");
            assertNothingSent();
        }

        @Test
        void errorOfAnotherIssuer_isNotShown() {
            String state = callback.getRawQuery().replaceAll(".*(state=[^&]*).*", "$1");

            assertThatThrownBy(() -> client.callback(
                            state + "&iss=https%3A%2F%2Fevil.example.com&error=access_denied&error_description=Call+us",
                            authorization.browserSecret()))
                    .isInstanceOf(IssuerMismatchException.class)
                    .hasMessageNotContaining("Call us");
        }

        @Test
        void neitherCodeNorError_isRefused() {
            String query = callback.getRawQuery().replaceAll("&?code=[^&]*", "");

            assertThatThrownBy(() -> client.callback(query, authorization.browserSecret()))
                    .isInstanceOf(InvalidAuthorizationException.class);
            assertNothingSent();
        }

        @Test
        void otherClient_isRefused() {
            OAuthClient other =
                    world.client(world.store, o -> o.metadata(ClientMetadata.loopback(Scopes.of(Scope.ATPROTO))));

            assertThatThrownBy(() -> other.callback(callback, authorization.browserSecret()))
                    .isInstanceOf(AuthorizationExpiredException.class)
                    .hasMessageContaining("was started by the client");
            assertNothingSent();
            assertStillWorks();
        }

        @Test
        void corruptEntry_isReportedWithoutItsContent() {
            world.store.forEach(
                    Kind.AUTHORIZATION,
                    entry -> world.store.save(
                            entry.key(), entry.generation(), "{\"verifier\":\"secret-verifier\",\"iss\":1}"));

            assertThatThrownBy(() -> client.callback(callback, authorization.browserSecret()))
                    .isInstanceOf(CorruptStoreEntryException.class)
                    .hasMessageNotContaining("secret-verifier")
                    .hasNoCause();
            assertNothingSent();
        }

        @Test
        void concurrentCallbacks_exchangeTheCodeOnce() throws Exception {
            int callers = 32;
            ExecutorService threads = Executors.newFixedThreadPool(callers);
            try {
                CountDownLatch start = new CountDownLatch(1);
                List<OAuthClient> clients = List.of(client, world.client());
                List<Future<@Nullable RuntimeException>> outcomes = new ArrayList<>();
                for (int i = 0; i < callers; i++) {
                    OAuthClient used = clients.get(i % 2);
                    Callable<@Nullable RuntimeException> call = () -> {
                        start.await();
                        try {
                            used.callback(callback, authorization.browserSecret());
                            return null;
                        } catch (RuntimeException e) {
                            return e;
                        }
                    };
                    outcomes.add(threads.submit(call));
                }
                start.countDown();
                int signedIn = 0;
                for (Future<@Nullable RuntimeException> outcome : outcomes) {
                    RuntimeException failure = outcome.get();
                    if (failure == null) {
                        signedIn++;
                    } else {
                        assertThat(failure).isInstanceOf(AuthorizationExpiredException.class);
                    }
                }
                assertThat(signedIn).isEqualTo(1);
            } finally {
                threads.shutdownNow();
            }
            // Two requests at most: one of the clients doesn't know the server's nonce yet.
            assertThat(world.transport.sent.stream()
                            .filter(sent ->
                                    "authorization_code".equals(sent.form().get("grant_type"))))
                    .hasSizeBetween(1, 2);
            assertThat(world.pds.oauth().sessions(world.alice.did())).isEqualTo(1);
        }
    }

    /** Refused after the exchange: the new session is revoked, nothing is saved, the old session is untouched. */
    @Nested
    class AfterTheExchange {
        private void assertRefused(
                Class<? extends Throwable> type,
                TestAccount asked,
                TestAccount signedIn,
                Consumer<? super Throwable> check) {
            OAuthSession before = world.signIn(client, world.alice);
            String stored = stored();
            int sessions = world.pds.oauth().sessions(signedIn.did());
            Authorization authorization = client.authorize(OAuthWorld.handle(asked));
            URI callback = callback(authorization, signedIn);

            assertThatThrownBy(() -> client.callback(callback, authorization.browserSecret()))
                    .isInstanceOf(type)
                    .satisfies(check::accept);

            assertThat(world.pds.oauth().sessions(signedIn.did())).isEqualTo(sessions);
            assertThat(stored()).isEqualTo(stored);
            assertThat(before.refresh().refreshed()).isTrue();
            assertThatThrownBy(() -> client.callback(callback, authorization.browserSecret()))
                    .isInstanceOf(AuthorizationExpiredException.class);
        }

        private String stored() {
            StringBuilder all = new StringBuilder();
            world.store.forEach(Kind.OAUTH, entry -> all.append(entry.key()).append(entry.value()));
            return all.toString();
        }

        private void edit(UnaryOperator<LexMap.Builder> edit) {
            // Only the tokens of the second sign-in.
            int[] responses = new int[1];
            world.transport.edit("/oauth/token", json -> responses[0]++ == 1 ? edit.apply(json) : json);
        }

        @Test
        void otherAccount() {
            assertRefused(AccountMismatchException.class, world.alice, world.bob, e -> {
                AccountMismatchException mismatch = (AccountMismatchException) e;
                assertThat(mismatch.expected()).isEqualTo(world.alice.did());
                assertThat(mismatch.found()).isEqualTo(world.bob.did());
            });
        }

        @Test
        void missingSub() {
            edit(json -> json.remove("sub"));
            assertRefused(
                    InvalidAuthorizationException.class,
                    world.alice,
                    world.alice,
                    e -> assertThat(e).hasMessageContaining("sub"));
        }

        @Test
        void subThatIsNoDid() {
            edit(json -> json.put("sub", "alice.test"));
            assertRefused(
                    InvalidAuthorizationException.class,
                    world.alice,
                    world.alice,
                    e -> assertThat(e).hasMessageContaining("sub"));
        }

        @ParameterizedTest
        @CsvSource({"transition:generic", "''", "atproto2", "Atproto"})
        void scopeWithoutAtproto(String scope) {
            edit(json -> json.put("scope", scope));
            assertRefused(
                    InvalidAuthorizationException.class,
                    world.alice,
                    world.alice,
                    e -> assertThat(e).hasMessageContaining("scope"));
        }

        @Test
        void missingScope() {
            edit(json -> json.remove("scope"));
            assertRefused(
                    InvalidAuthorizationException.class,
                    world.alice,
                    world.alice,
                    e -> assertThat(e).hasMessageContaining("no scope"));
        }

        @Test
        void bearerTokens() {
            edit(json -> json.put("token_type", "Bearer"));
            assertRefused(
                    InvalidAuthorizationException.class,
                    world.alice,
                    world.alice,
                    e -> assertThat(e).hasMessageContaining("DPoP"));
        }

        /** A server that claims to have signed in an account of another server. */
        @Test
        void accountOfAnotherIssuer() {
            try (LocalPds honest = LocalPds.start()) {
                world.pds.setPdsEndpoint(world.bob.did(), honest.url());
                Authorization authorization = client.authorizeAt(world.pds.url());
                URI callback = callback(authorization, world.bob);

                assertThatThrownBy(() -> client.callback(callback, authorization.browserSecret()))
                        .isInstanceOfSatisfying(IssuerMismatchException.class, e -> {
                            assertThat(e.expected()).isEqualTo(honest.url());
                            assertThat(e.found()).isEqualTo(world.pds.url());
                        });
                assertThat(world.pds.oauth().sessions(world.bob.did())).isZero();
                assertThat(world.entries(Kind.OAUTH)).isZero();
            }
        }

        @Test
        void accountThatMigratedWithinTheLastMinutes_isNotTakenFromACache() {
            try (LocalPds honest = LocalPds.start()) {
                Authorization first = client.authorizeAt(world.pds.url());
                client.callback(callback(first, world.bob), first.browserSecret());
                world.pds.setPdsEndpoint(world.bob.did(), honest.url());

                Authorization second = client.authorizeAt(world.pds.url());
                assertThatThrownBy(() -> client.callback(callback(second, world.bob), second.browserSecret()))
                        .isInstanceOf(IssuerMismatchException.class);
            }
        }

        @Test
        void directoryThatIsDown_refusesTheAccountOfAServer() {
            Authorization authorization = client.authorizeAt(world.pds.url());
            URI callback = callback(authorization, world.bob);
            world.pds.faults().always("/" + world.bob.did(), Fault.status(500));

            assertThatThrownBy(() -> client.callback(callback, authorization.browserSecret()))
                    .isInstanceOf(IdentityException.class);
            assertThat(world.pds.oauth().sessions(world.bob.did())).isZero();
            assertThat(world.entries(Kind.OAUTH)).isZero();
        }

        @Test
        void storeThatIsFull() {
            FullStore full = new FullStore();
            OAuthClient careful = world.client(full, o -> o.metadata(ClientMetadata.loopback(OAuthWorld.SCOPES)));
            Authorization authorization = careful.authorize(OAuthWorld.handle(world.alice));
            URI callback = callback(authorization, world.alice);

            assertThatThrownBy(() -> careful.callback(callback, authorization.browserSecret()))
                    .isInstanceOf(SessionStoreException.class)
                    .hasMessage("no space left on device");
            assertThat(world.pds.oauth().sessions(world.alice.did())).isZero();
        }

        @Test
        void revocationThatFails_isQueuedAndDoesNotHideTheReason() {
            world.pds.faults().always("/oauth/revoke", Fault.status(500));
            Authorization authorization = client.authorize(OAuthWorld.handle(world.alice));
            URI callback = callback(authorization, world.bob);

            assertThatThrownBy(() -> client.callback(callback, authorization.browserSecret()))
                    .isInstanceOf(AccountMismatchException.class);
            assertThat(world.entries(Kind.OAUTH)).isZero();
            assertThat(world.pds.oauth().sessions(world.bob.did())).isEqualTo(1);

            world.pds.faults().clear();
            assertThat(client.finishLogouts()).isZero();
            assertThat(world.pds.oauth().sessions(world.bob.did())).isZero();
        }

        @Test
        void codeThatTheServerRefuses_isNotTriedAgain() {
            Authorization authorization = client.authorize(OAuthWorld.handle(world.alice));
            String query = callback(authorization, world.alice).getRawQuery().replaceAll("code=[^&]*", "code=wrong");

            assertThatThrownBy(() -> client.callback(query, authorization.browserSecret()))
                    .isInstanceOfSatisfying(
                            OAuthResponseException.class,
                            e -> assertThat(e.error()).isEqualTo("invalid_grant"))
                    .hasMessageNotContaining("wrong");
            assertThat(world.transport.count("/oauth/token")).isEqualTo(1);
        }
    }

    /** Keeps sign-ins, but can't save sessions. */
    private static final class FullStore implements SessionStore {
        private final MemorySessionStore store = new MemorySessionStore();

        @Override
        public @Nullable Entry load(Key key) {
            return store.load(key);
        }

        @Override
        public void forEach(Kind kind, Consumer<? super Entry> action) {
            store.forEach(kind, action);
        }

        @Override
        public @Nullable Entry save(Key key, long expected, String value) {
            if (key.kind() == Kind.OAUTH) {
                throw new SessionStoreException("no space left on device", null);
            }
            return store.save(key, expected, value);
        }

        @Override
        public boolean delete(Key key, long expected) {
            return store.delete(key, expected);
        }

        @Override
        public EntryStore.@Nullable Lease acquireLease(Key key, Duration ttl, Duration maxWait)
                throws InterruptedException {
            return store.acquireLease(key, ttl, maxWait);
        }
    }
}
