package dev.atlex.oauth.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.oauth.OAuthResponseException;
import dev.atlex.oauth.internal.dpop.DpopContext;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests requests to a server that checks proofs, nonces and assertions as strictly as the reference server. */
class AuthServerClientTest {
    private static final String CLIENT = "https://app.example/oauth-client-metadata.json";
    private static final URI REDIRECT = URI.create("https://app.example/callback");

    private final TestAuthServer http = new TestAuthServer();
    private final P256PrivateKey key = P256PrivateKey.generate();
    private final P256PrivateKey clientKey = P256PrivateKey.generate();
    private ClientAuth auth = ClientAuth.none(CLIENT);
    private final ShiftedClock clock = new ShiftedClock();
    private final TimeSource time = new TimeSource(clock, TimeSource.SYSTEM.sleeper(), TimeSource.SYSTEM.random());
    private final DpopContext context = DpopContext.of(time);
    private AuthServerClient client = new AuthServerClient(Transport.jdk(), time, context);

    @AfterEach
    void close() {
        http.close();
        assertThat(http.violations).isEmpty();
    }

    private void confidential() {
        http.clientKeys.put("k1", clientKey.publicKey());
        auth = ClientAuth.privateKeyJwt(CLIENT, "k1", clientKey);
    }

    /** Shifts our clock. The server's is right. */
    private void shiftClock(Duration offset) {
        clock.offset = offset;
    }

    private static final class ShiftedClock extends Clock {
        private volatile Duration offset = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(offset);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private PushedRequest push() {
        return client.push(http.server(), auth, key, Map.of("response_type", "code", "state", "s"), Deadline.NONE);
    }

    private TokenReply exchange(String code) {
        return client.exchange(http.server(), auth, key, code, "verifier", REDIRECT, Deadline.NONE);
    }

    private RefreshReply refresh(String token) {
        return client.refresh(http.server(), auth, key, token, Deadline.NONE);
    }

    private RevocationReply revoke() {
        return client.revoke(http.server(), auth, key, "ref-1", Deadline.NONE);
    }

    @Nested
    class Requests {
        @Test
        void signIn_sendsTheParametersAndReadsTheReplies() {
            PushedRequest pushed = push();
            TokenReply tokens = exchange("code-1");

            assertThat(pushed.requestUri()).isEqualTo("urn:ietf:params:oauth:request_uri:req-1");
            assertThat(pushed.expiresIn()).isEqualTo(Duration.ofSeconds(299));
            assertThat(tokens.accessToken()).isEqualTo("access-1");
            assertThat(tokens.refreshToken()).isEqualTo("ref-1");
            assertThat(tokens.tokenType()).isEqualTo("DPoP");
            assertThat(tokens.scope()).isEqualTo("atproto transition:generic");
            assertThat(tokens.expiresIn()).isEqualTo(Duration.ofSeconds(3599));
            assertThat(tokens.sub()).isEqualTo("did:plc:vr5jcb5qyr7wkge7et5n4tjr");
            assertThat(http.seen.get(1).form())
                    .isEqualTo(Map.of("client_id", CLIENT, "response_type", "code", "state", "s"));
            assertThat(http.seen.get(2).form())
                    .isEqualTo(Map.of(
                            "client_id", CLIENT,
                            "grant_type", "authorization_code",
                            "code", "code-1",
                            "redirect_uri", REDIRECT.toString(),
                            "code_verifier", "verifier"));
        }

        /** The nonce of the pushed request serves for the code, so that no challenge can use up the code. */
        @Test
        void exchange_afterPush_needsNoChallenge() {
            push();
            exchange("code-1");

            assertThat(http.seen).extracting(TestAuthServer.Seen::status).containsExactly(400, 201, 200);
        }

        @Test
        void refreshAndRevoke_useTheRefreshToken() {
            assertThat(refresh("ref-0"))
                    .isInstanceOfSatisfying(
                            RefreshReply.Rotated.class,
                            rotated ->
                                    assertThat(rotated.tokens().refreshToken()).isEqualTo("ref-1"));
            assertThat(revoke()).isInstanceOf(RevocationReply.Accepted.class);

            assertThat(http.seen.get(1).form())
                    .isEqualTo(Map.of("client_id", CLIENT, "grant_type", "refresh_token", "refresh_token", "ref-0"));
            assertThat(http.seen.get(2).form())
                    .isEqualTo(Map.of("client_id", CLIENT, "token", "ref-1", "token_type_hint", "refresh_token"));
        }

        @Test
        void refresh_usedToken_endsTheSession() {
            refresh("ref-0");

            assertThat(refresh("ref-0")).isInstanceOfSatisfying(RefreshReply.Refused.class, refused -> {
                assertThat(refused.endsSession()).isTrue();
                assertThat(refused.failure().error()).isEqualTo("invalid_grant");
                assertThat(refused.failure())
                        .hasMessage("token refresh: localhost responded 400 invalid_grant: Refresh token replayed");
            });
        }

        @Test
        void exchange_refused_throws() {
            exchange("code-1");

            assertThatThrownBy(() -> exchange("code-1")).isInstanceOfSatisfying(OAuthResponseException.class, e -> {
                assertThat(e.status()).isEqualTo(400);
                assertThat(e.error()).isEqualTo("invalid_grant");
                assertThat(e.errorDescription()).isEqualTo("Refresh token replayed");
                assertThat(e.url()).isEqualTo(http.server().tokenEndpoint());
            });
            // A code isn't sent again, whatever the error.
            assertThat(http.seen).filteredOn(one -> one.error() == null).hasSize(1);
            assertThat(http.count("invalid_grant")).isEqualTo(1);
        }

        @Test
        void revoke_withoutEndpoint_isUnsupported() {
            AuthServer all = http.server();
            AuthServer none = new AuthServer(
                    all.issuer(), all.authorizationEndpoint(), all.parEndpoint(), all.tokenEndpoint(), null);

            assertThat(client.revoke(none, auth, key, "ref-1", Deadline.NONE))
                    .isInstanceOf(RevocationReply.Unsupported.class);
            assertThat(http.seen).isEmpty();
        }

        @Test
        void confidentialClient_signsAnAssertionForEachRequest() {
            confidential();
            push();
            exchange("code-1");
            refresh("ref-1");
            revoke();

            assertThat(http.seen).extracting(TestAuthServer.Seen::status).containsExactly(400, 201, 200, 200, 200);
            assertThat(http.seen)
                    .extracting(one -> one.form().get("client_assertion"))
                    .doesNotContainNull()
                    .doesNotHaveDuplicates();
        }

        @Test
        void clientKeyAsDpopKey_isRefused() {
            ClientAuth same = ClientAuth.privateKeyJwt(CLIENT, "k1", key);

            assertThatThrownBy(() -> client.refresh(http.server(), same, key, "ref-0", Deadline.NONE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("must not be a session's DPoP key");
            assertThat(http.seen).isEmpty();
        }
    }

    @Nested
    class Nonces {
        @Test
        void unknownNonce_costsOneRequest() {
            push();

            assertThat(http.seen).extracting(TestAuthServer.Seen::status).containsExactly(400, 201);
        }

        /** In steady state, each response brings the nonce of the next request. */
        @Test
        void nonceOfEachRequest_costsNoFurtherRequest() {
            http.rotatesNonceEachRequest = true;
            for (int i = 0; i < 20; i++) {
                refresh("ref-" + i);
            }

            assertThat(http.seen).hasSize(21);
            assertThat(http.count("use_dpop_nonce")).isEqualTo(1);
        }

        @Test
        void restartedServer_costsOneRequest() {
            push();
            http.rotateNonce();
            refresh("ref-0");
            revoke();

            assertThat(http.seen).extracting(TestAuthServer.Seen::status).containsExactly(400, 201, 400, 200, 200);
        }

        @Test
        void serversHaveNoncesOfTheirOwn() {
            try (TestAuthServer other = new TestAuthServer()) {
                for (int i = 0; i < 10; i++) {
                    other.rotateNonce();
                }
                for (int i = 0; i < 5; i++) {
                    revoke();
                    client.revoke(other.server(), auth, key, "ref-1", Deadline.NONE);
                }

                assertThat(http.seen).hasSize(6);
                assertThat(other.seen).hasSize(6);
            }
        }

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void rotation_costs64ThreadsOneRequestEachAtMost(boolean known) throws Exception {
            if (known) {
                revoke();
            }
            http.rotateNonce();
            http.seen.clear();
            int threads = 64;
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            try {
                CyclicBarrier start = new CyclicBarrier(threads);
                List<Future<RefreshReply>> replies = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    String token = "ref-of-" + i;
                    replies.add(pool.submit(() -> {
                        start.await();
                        return refresh(token);
                    }));
                }
                for (Future<RefreshReply> reply : replies) {
                    assertThat(reply.get()).isInstanceOf(RefreshReply.Rotated.class);
                }
            } finally {
                pool.shutdownNow();
            }

            assertThat(http.seen).hasSizeLessThanOrEqualTo(2 * threads);
            http.seen.stream()
                    .map(one -> one.form().get("refresh_token"))
                    .distinct()
                    .forEach(token -> assertThat(http.seen)
                            .filteredOn(one -> token.equals(one.form().get("refresh_token")))
                            .hasSizeLessThanOrEqualTo(2));
        }

        /** A server may reject every nonce, but the requests must end. */
        @Test
        void endlessChallenge_endsAfterTwoRetries() {
            confidential();
            Transport rotating = request -> {
                http.rotateNonce();
                return Transport.jdk().send(request);
            };
            client = new AuthServerClient(rotating, time, context);

            RefreshReply reply = refresh("ref-0");

            assertThat(reply).isInstanceOfSatisfying(RefreshReply.Refused.class, refused -> {
                assertThat(refused.endsSession()).isFalse();
                assertThat(refused.failure().error()).isEqualTo("use_dpop_nonce");
            });
            assertThat(http.seen).hasSize(3);
            Set<String> identifiers = new HashSet<>();
            http.seen.forEach(one -> {
                assertThat(identifiers.add(one.proof().payload().getString("jti")))
                        .isTrue();
                assertThat(identifiers.add(one.form().get("client_assertion"))).isTrue();
            });
        }

        @Test
        void challengeWithoutNonce_isntRepeated() {
            http.sendsNoNonce = true;

            assertThatThrownBy(AuthServerClientTest.this::push)
                    .isInstanceOfSatisfying(
                            OAuthResponseException.class,
                            e -> assertThat(e.error()).isEqualTo("use_dpop_nonce"));
            assertThat(http.seen).hasSize(1);
        }

        /** Some servers send the error in the header only, as resource servers do. */
        @Test
        void challengeInHeaderOnly_isRecognized() {
            Transport stripped = request -> {
                TransportResponse response = Transport.jdk().send(request);
                if (response.status() != 400) {
                    return response;
                }
                HttpHeaders headers = HttpHeaders.builder()
                        .add("WWW-Authenticate", "DPoP error=\"use_dpop_nonce\", algs=\"ES256\"")
                        .add("DPoP-Nonce", String.valueOf(response.headers().first("DPoP-Nonce")))
                        .build();
                response.close();
                return TransportResponse.of(401, headers, new byte[0]);
            };
            client = new AuthServerClient(stripped, time, context);

            assertThat(refresh("ref-0")).isInstanceOf(RefreshReply.Rotated.class);
            assertThat(http.seen).hasSize(2);
        }

        @Test
        void serverWithoutNonces_isUsable() {
            http.acceptsNoNonce = true;
            http.sendsNoNonce = true;

            push();
            exchange("code-1");

            assertThat(http.seen).hasSize(2);
            assertThat(http.seen).allMatch(one -> !one.proof().payload().containsKey("nonce"));
        }
    }

    @Nested
    class Clocks {
        @ParameterizedTest
        @CsvSource({"-600, false", "600, false", "-600, true", "600, true", "-86400, true", "45, true", "6, true"})
        void wrongClock_costsOneRequest(long seconds, boolean isConfidential) {
            if (isConfidential) {
                confidential();
            }
            shiftClock(Duration.ofSeconds(seconds));
            push();
            exchange("code-1");
            assertThat(refresh("ref-1")).isInstanceOf(RefreshReply.Rotated.class);
            assertThat(revoke()).isInstanceOf(RevocationReply.Accepted.class);

            // The first request is refused for its date or for its nonce, and the response shows both.
            assertThat(http.seen).hasSize(5);
        }

        /** Without a challenge, the refusal itself is the first response that shows the server's time. */
        @ParameterizedTest
        @ValueSource(longs = {10, 120, -100})
        void assertionDatedWrongly_isRepeatedOnce(long seconds) {
            confidential();
            http.acceptsNoNonce = true;
            shiftClock(Duration.ofSeconds(seconds));

            push();

            assertThat(http.seen).extracting(TestAuthServer.Seen::error).containsExactly("invalid_client", null);
        }

        /** The metadata, which is read before the first request, shows the server's time. */
        @Test
        void wrongClock_afterAnyResponse_costsNothing() {
            confidential();
            http.acceptsNoNonce = true;
            shiftClock(Duration.ofMinutes(10));
            URI metadata = http.server().issuer().resolve("/.well-known/oauth-authorization-server");
            try (TransportResponse response =
                    Transport.jdk().send(TransportRequest.get(metadata).build())) {
                context.observe(metadata, response.headers());
            }

            push();

            assertThat(http.seen).hasSize(1);
        }

        /** Our clock is set while the program runs. */
        @Test
        void clockSetLater_costsOneRequest() {
            confidential();
            push();
            shiftClock(Duration.ofMinutes(30));
            http.seen.clear();

            assertThat(refresh("ref-1")).isInstanceOf(RefreshReply.Rotated.class);
            assertThat(http.seen).hasSize(2);
        }

        /** A refusal that isn't about the date must not be repeated. */
        @Test
        void unknownClientKey_isntRepeated() {
            confidential();
            http.clientKeys.put("k1", P256PrivateKey.generate().publicKey());

            assertThat(refresh("ref-0")).isInstanceOfSatisfying(RefreshReply.Refused.class, refused -> {
                assertThat(refused.endsSession()).isFalse();
                assertThat(refused.failure().error()).isEqualTo("invalid_client");
            });
            assertThat(http.count("invalid_client")).isEqualTo(1);
        }
    }
}
