package dev.atlex.testkit;

import static dev.atlex.testkit.OAuthRows.row;
import static dev.atlex.testkit.OAuthRows.shown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.data.LexMap;
import dev.atlex.testkit.RawOAuthClient.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tests code exchanges, refreshes and revocations, and compares the responses with the reference server's. */
class OAuthTokenTest {
    private static final String NEEDS_NONCE = "400 use_dpop_nonce: Authorization server requires nonce in DPoP proof";
    private static final String NO_PROOF = "401 invalid_dpop_proof: DPoP proof required [described challenge]";
    private static final String GONE = "400 invalid_grant: Invalid refresh token";
    private static final String REPLAYED = "400 invalid_grant: Refresh token replayed";
    private static final String DEAD = "401 invalid_token: Invalid token [described challenge]";

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-01-01T00:00:00Z"));
    private LocalPds pds;
    private TestAccount alice;

    @BeforeEach
    void start() {
        pds = LocalPds.start(o -> o.clock(clock));
        alice = pds.createAccount("alice.test", "alice-password");
    }

    @AfterEach
    void close() {
        pds.close();
    }

    private RawOAuthClient client() {
        return RawOAuthClient.loopback(pds, clock, RawOAuthClient.SCOPE);
    }

    private static String access(LexMap tokens) {
        return String.valueOf(tokens.getString("access_token"));
    }

    private static String refresh(LexMap tokens) {
        return String.valueOf(tokens.getString("refresh_token"));
    }

    @Nested
    class Codes {
        /** Tries a faulty exchange, then a correct one. */
        private Stream<DynamicTest> then(
                String question, String first, String second, Function<Call, Http.Reply> fault) {
            RawOAuthClient client = client();
            String code = client.code(alice);
            return Stream.of(
                    row(question, first, () -> fault.apply(client.exchange(code))),
                    row(
                            "…then a correct one",
                            second,
                            () -> client.exchange(code).send()));
        }

        @TestFactory
        Stream<DynamicTest> exchanges() {
            String burnt = "400 invalid_grant: Invalid code";
            String otherClient = RawOAuthClient.loopbackId("http://127.0.0.1/callback", "atproto");
            String payload = "400 invalid_grant: Invalid request payload: ";
            return Stream.of(
                            then("a correct request", "200", burnt, Call::send),
                            then(
                                    "code, DPoP without nonce",
                                    NEEDS_NONCE,
                                    "200",
                                    call -> call.proof(claims -> claims.remove("nonce"))
                                            .once()),
                            then(
                                    "no DPoP header",
                                    NO_PROOF,
                                    "200",
                                    call -> call.withoutProof().once()),
                            then(
                                    "wrong code_verifier",
                                    "400 invalid_grant: Invalid code_verifier",
                                    burnt,
                                    call -> call.set("code_verifier", "x".repeat(43))
                                            .send()),
                            then(
                                    "no code_verifier",
                                    "400 invalid_grant: code_verifier is required",
                                    burnt,
                                    call -> call.without("code_verifier").send()),
                            then(
                                    "short code_verifier",
                                    payload + "String must contain at least 43 character(s) at body.code_verifier",
                                    "200",
                                    call -> call.set("code_verifier", "x").send()),
                            then(
                                    "another redirect_uri",
                                    "400 invalid_grant: The redirect_uri parameter must match the one used in the"
                                            + " authorization request",
                                    burnt,
                                    call -> call.set("redirect_uri", "http://127.0.0.1:1/callback")
                                            .send()),
                            then(
                                    "another DPoP key than at PAR",
                                    "400 invalid_grant: DPoP proof does not match the expected JKT",
                                    burnt,
                                    call -> call.signedBy(P256PrivateKey.generate())
                                            .send()),
                            then(
                                    "another client_id",
                                    "400 invalid_grant: Token was not issued to this client",
                                    burnt,
                                    call -> call.set("client_id", otherClient).send()),
                            then(
                                    "unknown code",
                                    burnt,
                                    "200",
                                    call -> call.set("code", "cod-" + "0".repeat(64))
                                            .send()),
                            then(
                                    "grant_type password",
                                    "400 invalid_grant: Grant type \"password\" is not supported by the server",
                                    "200",
                                    call -> call.set("grant_type", "password").send()),
                            then(
                                    "no grant_type",
                                    payload + "Invalid discriminator value at body.grant_type",
                                    "200",
                                    call -> call.without("grant_type").send()),
                            then(
                                    "no code",
                                    payload + "Required at body.code",
                                    "200",
                                    call -> call.without("code").send()),
                            then(
                                    "no client_id",
                                    "400 invalid_grant: Client credentials missing: Required at body.client_id",
                                    "200",
                                    call -> call.without("client_id").send()))
                    .flatMap(rows -> rows);
        }

        @Test
        void response_hasSameFieldsAsReference() {
            LexMap tokens = client().signIn(alice);

            assertThat(tokens.keySet())
                    .containsExactly("access_token", "token_type", "refresh_token", "scope", "expires_in", "sub");
            assertThat(tokens.getString("token_type")).isEqualTo("DPoP");
            assertThat(tokens.getString("scope")).isEqualTo(RawOAuthClient.SCOPE);
            assertThat(tokens.getInteger("expires_in")).isEqualTo(3600);
            assertThat(refresh(tokens)).matches("ref-[0-9a-f]{64}");
        }

        @Test
        void secondUse_endsTheSession() {
            RawOAuthClient client = client();
            String code = client.code(alice);
            LexMap tokens = client.exchange(code).send().ok().json();

            assertThat(shown(client.exchange(code).send())).isEqualTo("400 invalid_grant: Invalid code");
            assertThat(shown(client.getSession(access(tokens)).send())).isEqualTo(DEAD);
            assertThat(shown(client.refresh(refresh(tokens)).send())).isEqualTo(GONE);
        }

        @Test
        void code_expiresAfterFiveMinutes() {
            RawOAuthClient client = client();
            String code = client.code(alice);
            clock.advance(Duration.ofSeconds(301));

            assertThat(shown(client.exchange(code).send())).isEqualTo("400 invalid_grant: This code has expired");
        }

        @Test
        void sameChallengeTwice_isRejectedAtTheExchange() {
            RawOAuthClient client = client();
            Call push = client.push();
            String first = RawOAuthClient.query(pds.authorize(client.authorizationUrl(push.send()), alice))
                    .get("code");
            String second = RawOAuthClient.query(pds.authorize(client.authorizationUrl(push.send()), alice))
                    .get("code");

            assertThat(shown(client.exchange(first).send())).isEqualTo("200");
            assertThat(shown(client.exchange(second).send()))
                    .isEqualTo("400 invalid_grant: Code challenge already used");
        }
    }

    @Nested
    class Refreshes {
        /** Tries a faulty refresh, then a correct one. */
        private Stream<DynamicTest> then(
                String question, String first, String second, Function<Call, Http.Reply> fault) {
            RawOAuthClient client = client();
            String token = refresh(client.signIn(alice));
            return Stream.of(
                    row(question, first, () -> fault.apply(client.refresh(token))),
                    row(
                            "…then a correct one",
                            second,
                            () -> client.refresh(token).send()));
        }

        @TestFactory
        Stream<DynamicTest> refreshes() {
            String otherClient = RawOAuthClient.loopbackId("http://127.0.0.1/callback", "atproto");
            String jkt = "400 invalid_grant: DPoP proof does not match the expected JKT";
            return Stream.of(
                            then("refresh", "200", REPLAYED, Call::send),
                            then(
                                    "without nonce",
                                    NEEDS_NONCE,
                                    "200",
                                    call -> call.proof(claims -> claims.remove("nonce"))
                                            .once()),
                            then(
                                    "another DPoP key",
                                    jkt,
                                    GONE,
                                    call -> call.signedBy(P256PrivateKey.generate())
                                            .send()),
                            then(
                                    "another client_id",
                                    "400 invalid_grant: Token was not issued to this client",
                                    GONE,
                                    call -> call.set("client_id", otherClient).send()),
                            then(
                                    "no client_id",
                                    "400 invalid_grant: Client credentials missing: Required at body.client_id",
                                    "200",
                                    call -> call.without("client_id").send()),
                            then(
                                    "no DPoP header",
                                    NO_PROOF,
                                    "200",
                                    call -> call.withoutProof().once()),
                            then(
                                    "with a narrower scope",
                                    "200",
                                    REPLAYED,
                                    call -> call.set("scope", "atproto").send()),
                            then(
                                    "unknown refresh token",
                                    GONE,
                                    "200",
                                    call -> call.set("refresh_token", "ref-" + "0".repeat(64))
                                            .send()),
                            then(
                                    "an access token as refresh token",
                                    "400 invalid_grant: Invalid refresh token: String must contain exactly 68 character(s)"
                                            + " at refresh_token; Invalid refresh token format at refresh_token",
                                    "200",
                                    call -> call.set("refresh_token", "a.b.c").send()))
                    .flatMap(rows -> rows);
        }

        @Test
        void oldAccessToken_isInvalidImmediately() {
            RawOAuthClient client = client();
            LexMap old = client.signIn(alice);
            LexMap next = client.refresh(refresh(old)).send().ok().json();

            assertThat(access(next)).isNotEqualTo(access(old));
            assertThat(refresh(next)).isNotEqualTo(refresh(old));
            assertThat(shown(client.getSession(access(old)).send())).isEqualTo(DEAD);
            assertThat(shown(client.getSession(access(next)).send())).isEqualTo("200");
        }

        @Test
        void replay_alsoInvalidatesNewestTokens() {
            RawOAuthClient client = client();
            LexMap old = client.signIn(alice);
            LexMap next = client.refresh(refresh(old)).send().ok().json();

            assertThat(shown(client.refresh(refresh(old)).send())).isEqualTo(REPLAYED);
            assertThat(shown(client.getSession(access(next)).send())).isEqualTo(DEAD);
            assertThat(shown(client.refresh(refresh(next)).send())).isEqualTo(GONE);
            assertThat(pds.oauth().rotations()).isEqualTo(1);
        }

        @Test
        void rotations_areListedByAccount() {
            RawOAuthClient client = client();
            TestAccount bob = pds.createAccount("bob.test", "bob-password");
            LexMap first = client.signIn(alice);
            client.signIn(bob);
            LexMap second = client.refresh(refresh(first)).send().ok().json();
            clock.advance(Duration.ofSeconds(3));
            client.refresh(refresh(second)).send().ok();
            client.refresh(refresh(first)).send();

            Instant now = clock.instant();
            assertThat(pds.oauth().rotations(alice.did())).containsExactly(now.minusSeconds(3), now);
            assertThat(pds.oauth().rotations(bob.did())).isEmpty();
        }

        @Test
        void lostResponse_endsSession() {
            RawOAuthClient client = client();
            LexMap tokens = client.signIn(alice);
            pds.faults().next("/oauth/token", Fault.dropAfterProcessing());

            assertThat(org.assertj.core.api.Assertions.catchThrowable(
                            () -> client.refresh(refresh(tokens)).once()))
                    .isInstanceOf(java.io.UncheckedIOException.class);
            assertThat(shown(client.getSession(access(tokens)).send())).isEqualTo(DEAD);
            assertThat(shown(client.refresh(refresh(tokens)).send())).isEqualTo(REPLAYED);
            assertThat(shown(client.refresh(refresh(tokens)).send())).isEqualTo(GONE);
        }

        @Test
        void newNonces_requireOneMoreRequest() {
            RawOAuthClient client = client();
            LexMap tokens = client.signIn(alice);
            pds.oauth().newNonces();

            assertThat(shown(client.refresh(refresh(tokens)).once()))
                    .isEqualTo("400 use_dpop_nonce: DPoP \"nonce\" mismatch");
            assertThat(shown(client.refresh(refresh(tokens)).once())).isEqualTo("200");
        }

        private List<String> atOnce(RawOAuthClient client, String token, int times) throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(times);
            try {
                List<Callable<String>> calls = new ArrayList<>();
                for (int i = 0; i < times; i++) {
                    calls.add(() -> shown(client.refresh(token).once()));
                }
                List<String> results = new ArrayList<>();
                for (Future<String> result : threads.invokeAll(calls)) {
                    results.add(result.get());
                }
                results.sort(null);
                return results;
            } finally {
                threads.shutdownNow();
            }
        }

        @Test
        void concurrentRefreshes_failWith500DuringTheRotation() throws Exception {
            RawOAuthClient client = client();
            LexMap tokens = client.signIn(alice);
            pds.oauth().slowRotation(Duration.ofMillis(300), Duration.ZERO);

            assertThat(atOnce(client, refresh(tokens), 3))
                    .containsExactly("200", "500 server_error: Server error", "500 server_error: Server error");
            assertThat(pds.oauth().sessions(alice.did())).isEqualTo(1);
        }

        @Test
        void concurrentRefreshes_endTheSessionAfterTheRotation() throws Exception {
            RawOAuthClient client = client();
            LexMap tokens = client.signIn(alice);
            pds.oauth().slowRotation(Duration.ZERO, Duration.ofMillis(300));

            assertThat(atOnce(client, refresh(tokens), 2)).containsExactly("200", REPLAYED);
            assertThat(pds.oauth().sessions(alice.did())).isZero();
        }
    }

    @Nested
    class Lifetimes {
        private LexMap refreshAfter(Duration time, RawOAuthClient client, LexMap tokens) {
            clock.advance(time);
            return client.refresh(refresh(tokens)).send().ok().json();
        }

        @Test
        void expiredAccessToken_canBeRefreshed() {
            pds.oauth().accessTokenLifetime(Duration.ofSeconds(2));
            RawOAuthClient client = client();
            LexMap tokens = client.signIn(alice);
            assertThat(tokens.getInteger("expires_in")).isEqualTo(2);
            clock.advance(Duration.ofSeconds(2));

            assertThat(shown(client.getSession(access(tokens)).send()))
                    .isEqualTo("401 invalid_token: \"exp\" claim timestamp check failed [challenge]");
            assertThat(shown(client.refresh(refresh(tokens)).send())).isEqualTo("200");
        }

        @Test
        void expireAccessTokens_expiresThemImmediately() {
            RawOAuthClient client = client();
            LexMap tokens = client.signIn(alice);
            pds.expireAccessTokens();

            assertThat(shown(client.getSession(access(tokens)).send()))
                    .isEqualTo("401 invalid_token: \"exp\" claim timestamp check failed [challenge]");
            LexMap next = client.refresh(refresh(tokens)).send().ok().json();
            assertThat(shown(client.getSession(access(next)).send())).isEqualTo("200");
        }

        @Test
        void publicSession_endsAfter14Days() {
            RawOAuthClient client = client();
            LexMap tokens = client.signIn(alice);
            tokens = refreshAfter(Duration.ofDays(7), client, tokens);
            tokens = refreshAfter(Duration.ofMinutes(7 * 24 * 60 - 10), client, tokens);
            assertThat(tokens.getInteger("expires_in")).isEqualTo(600);
            clock.advance(Duration.ofMinutes(10));

            assertThat(shown(client.refresh(refresh(tokens)).send())).isEqualTo("400 invalid_grant: Session expired");
            assertThat(shown(client.refresh(refresh(tokens)).send())).isEqualTo(GONE);
        }
    }

    @Nested
    class Revocations {
        private void revokes(Function<LexMap, String> token) {
            RawOAuthClient client = client();
            LexMap tokens = client.signIn(alice);

            assertThat(client.revoke(token.apply(tokens)).send().ok().text()).isEqualTo("{}");
            assertThat(shown(client.getSession(access(tokens)).send())).isEqualTo(DEAD);
            assertThat(shown(client.refresh(refresh(tokens)).send())).isEqualTo(GONE);
            assertThat(shown(client.revoke(token.apply(tokens)).send())).isEqualTo("200");
        }

        @Test
        void refreshToken_endsTheSession() {
            revokes(OAuthTokenTest::refresh);
        }

        @Test
        void accessToken_endsTheSession() {
            revokes(OAuthTokenTest::access);
        }

        @Test
        void usedRefreshToken_endsTheSession() {
            RawOAuthClient client = client();
            LexMap old = client.signIn(alice);
            LexMap next = client.refresh(refresh(old)).send().ok().json();

            assertThat(shown(client.revoke(refresh(old)).send())).isEqualTo("200");
            assertThat(shown(client.getSession(access(next)).send())).isEqualTo(DEAD);
        }

        /** Sends a revocation that looks successful, but isn't. */
        private Stream<DynamicTest> spares(String question, String response, Function<Call, Http.Reply> revoke) {
            RawOAuthClient client = client();
            LexMap tokens = client.signIn(alice);
            return Stream.of(
                    row(question, response, () -> revoke.apply(client.revoke(refresh(tokens)))),
                    row(
                            "…access token",
                            "200",
                            () -> client.getSession(access(tokens)).send()));
        }

        @TestFactory
        Stream<DynamicTest> withoutEffect() {
            RawOAuthClient client = client();
            LexMap old = client.signIn(alice);
            LexMap next = client.refresh(refresh(old)).send().ok().json();
            return Stream.of(
                            spares(
                                    "revoke with another DPoP key",
                                    "200",
                                    call -> call.signedBy(P256PrivateKey.generate())
                                            .send()),
                            spares(
                                    "revoke without DPoP",
                                    "200",
                                    call -> call.withoutProof().send()),
                            spares(
                                    "revoke as another client",
                                    "200",
                                    call -> call.set(
                                                    "client_id",
                                                    RawOAuthClient.loopbackId("http://127.0.0.1/callback", "atproto"))
                                            .send()),
                            spares(
                                    "revoke, DPoP without nonce",
                                    NEEDS_NONCE,
                                    call -> call.proof(claims -> claims.remove("nonce"))
                                            .once()),
                            spares(
                                    "revoke garbage",
                                    "200",
                                    call -> call.set("token", "garbage").send()),
                            Stream.of(
                                    row(
                                            "revoke an access token from before a refresh",
                                            "200",
                                            () -> client.revoke(access(old)).send()),
                                    row(
                                            "…newest access token",
                                            "200",
                                            () -> client.getSession(access(next))
                                                    .send())))
                    .flatMap(rows -> rows);
        }
    }
}
