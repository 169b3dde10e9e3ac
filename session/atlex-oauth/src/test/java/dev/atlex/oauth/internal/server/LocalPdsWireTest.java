package dev.atlex.oauth.internal.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.crypto.Base64Url;
import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.oauth.OAuthResponseException;
import dev.atlex.oauth.internal.dpop.DpopContext;
import dev.atlex.oauth.internal.dpop.DpopProofs;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.MutableClock;
import dev.atlex.testkit.TestAccount;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signs in, calls, refreshes and revokes on a local server, with only the code that sends requests. */
class LocalPdsWireTest {
    private static final String SCOPE = "atproto transition:generic";
    private static final String LOOPBACK = "http://localhost?redirect_uri="
            + URLEncoder.encode("http://127.0.0.1/callback", UTF_8) + "&scope=" + URLEncoder.encode(SCOPE, UTF_8);
    private static final String WEB = "https://app.example.com/oauth-client-metadata.json";

    private final MutableClock serverClock = MutableClock.atPresent();
    private final P256PrivateKey key = P256PrivateKey.generate();
    private final P256PrivateKey clientKey = P256PrivateKey.generate();
    private final DpopContext context = DpopContext.of(TimeSource.SYSTEM);
    private final AuthServerClient client = new AuthServerClient(Transport.jdk(), TimeSource.SYSTEM, context);
    private LocalPds pds = LocalPds.start(o -> o.clock(serverClock));
    private TestAccount alice = pds.createAccount("alice.test", "alice-password");
    private ClientAuth auth = ClientAuth.none(LOOPBACK);
    private URI redirect = URI.create("http://127.0.0.1:8765/callback");

    @AfterEach
    void close() {
        pds.close();
    }

    private void confidential() {
        LexMap jwk = clientKey.publicKey().toJwk().toBuilder()
                .put("kid", "k1")
                .put("alg", "ES256")
                .put("use", "sig")
                .build();
        redirect = URI.create("https://app.example.com/callback");
        auth = ClientAuth.privateKeyJwt(WEB, "k1", clientKey);
        pds.oauth()
                .register(
                        WEB,
                        LexMap.builder()
                                .put("client_id", WEB)
                                .put("application_type", "web")
                                .put("redirect_uris", strings(redirect.toString()))
                                .put("scope", SCOPE)
                                .put("response_types", strings("code"))
                                .put("grant_types", strings("authorization_code", "refresh_token"))
                                .put("token_endpoint_auth_method", "private_key_jwt")
                                .put("token_endpoint_auth_signing_alg", "ES256")
                                .put("dpop_bound_access_tokens", true)
                                .put("jwks", LexMap.of("keys", LexValue.of(List.of(jwk))))
                                .build());
    }

    private static LexValue strings(String... values) {
        return LexValue.of(List.of(values).stream().map(LexValue::of).toList());
    }

    private AuthServer server() {
        URI issuer = pds.url();
        return new AuthServer(
                issuer,
                issuer.resolve("/oauth/authorize"),
                issuer.resolve("/oauth/par"),
                issuer.resolve("/oauth/token"),
                issuer.resolve("/oauth/revoke"));
    }

    private TokenReply signIn() {
        String verifier = Base64Url.random(32);
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("redirect_uri", redirect.toString());
        parameters.put("scope", SCOPE);
        parameters.put("state", Base64Url.random(16));
        parameters.put("code_challenge", Base64Url.sha256(verifier));
        parameters.put("code_challenge_method", "S256");
        parameters.put("login_hint", "alice.test");
        PushedRequest pushed = client.push(server(), auth, key, parameters, Deadline.NONE);
        URI url = URI.create(server().authorizationEndpoint() + "?client_id="
                + URLEncoder.encode(auth.clientId(), UTF_8) + "&request_uri="
                + URLEncoder.encode(pushed.requestUri(), UTF_8));
        return client.exchange(server(), auth, key, code(pds.authorize(url, alice)), verifier, redirect, Deadline.NONE);
    }

    private static String code(URI callback) {
        Map<String, String> query = new HashMap<>();
        for (String pair : callback.getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
        }
        return query.get("code");
    }

    private RefreshReply refresh(String token) {
        return client.refresh(server(), auth, key, token, Deadline.NONE);
    }

    private static TokenReply rotated(RefreshReply reply) {
        return ((RefreshReply.Rotated) reply).tokens();
    }

    private int getSession(String accessToken) {
        URI url = pds.pdsUrl().resolve("/xrpc/com.atproto.server.getSession?any=query");
        String proof = new DpopProofs(key)
                .proof("GET", url, context.clock().now(url), context.nonces().current(url), accessToken);
        TransportRequest request = TransportRequest.get(url)
                .headers(HttpHeaders.of("Authorization", "DPoP " + accessToken, "DPoP", proof))
                .build();
        try (TransportResponse response = Transport.jdk().send(request)) {
            context.observe(url, response.headers());
            return response.status();
        }
    }

    private int requests(String path) {
        return pds.count(path);
    }

    @ParameterizedTest
    @CsvSource({"false, 0", "true, 0", "false, -600", "true, -600", "false, 600", "true, 600", "true, 6", "true, -6"})
    void session_worksWithAnyClock(boolean isConfidential, long seconds) {
        serverClock.advance(Duration.ofSeconds(seconds));
        if (isConfidential) {
            confidential();
        }

        TokenReply first = signIn();
        TokenReply second = rotated(refresh(first.refreshToken()));

        assertThat(first.sub()).isEqualTo(alice.did().toString());
        assertThat(getSession(second.accessToken())).isEqualTo(200);
        assertThat(client.revoke(server(), auth, key, second.refreshToken(), Deadline.NONE))
                .isInstanceOf(RevocationReply.Accepted.class);
        assertThat(getSession(second.accessToken())).isEqualTo(401);
        assertThat(refresh(second.refreshToken()))
                .isInstanceOfSatisfying(
                        RefreshReply.Refused.class,
                        refused -> assertThat(refused.endsSession()).isTrue());
        // One request shows the server's nonce and time. All others succeed at once.
        assertThat(requests("/oauth/par")).isEqualTo(2);
        assertThat(requests("/oauth/token")).isEqualTo(3);
        assertThat(requests("/oauth/revoke")).isEqualTo(1);
    }

    @Test
    void refresh_replayed_endsTheSession() {
        TokenReply first = signIn();
        TokenReply second = rotated(refresh(first.refreshToken()));

        assertThat(refresh(first.refreshToken())).isInstanceOfSatisfying(RefreshReply.Refused.class, refused -> {
            assertThat(refused.endsSession()).isTrue();
            assertThat(refused.failure().errorDescription()).isEqualTo("Refresh token replayed");
        });
        assertThat(getSession(second.accessToken())).isEqualTo(401);
    }

    @Test
    void refresh_afterLostNonces_costsOneRequest() {
        TokenReply first = signIn();
        int before = requests("/oauth/token");
        pds.oauth().newNonces();

        assertThat(refresh(first.refreshToken())).isInstanceOf(RefreshReply.Rotated.class);
        assertThat(requests("/oauth/token")).isEqualTo(before + 2);
    }

    @Test
    void refresh_lostResponse_isUnknownAndNotRepeated() {
        TokenReply first = signIn();
        int before = requests("/oauth/token");
        pds.faults().next("/oauth/token", Fault.dropAfterProcessing());

        assertThat(refresh(first.refreshToken())).isInstanceOf(RefreshReply.Unknown.class);
        assertThat(requests("/oauth/token")).isEqualTo(before + 1);
        assertThat(pds.oauth().rotations()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 429, 404})
    void refresh_refusedByAProxy_leavesTheTokenUsable(int status) {
        TokenReply first = signIn();
        pds.faults().next("/oauth/token", Fault.status(status));

        RefreshReply reply = refresh(first.refreshToken());

        if (status >= 500) {
            assertThat(reply).isInstanceOf(RefreshReply.Unknown.class);
        } else {
            assertThat(reply)
                    .isInstanceOfSatisfying(
                            RefreshReply.Refused.class,
                            refused -> assertThat(refused.endsSession()).isFalse());
        }
        assertThat(refresh(first.refreshToken())).isInstanceOf(RefreshReply.Rotated.class);
    }

    @Test
    void refresh_unreachableMetadata_leavesTheSessionAlive() {
        confidential();
        TokenReply first = signIn();
        pds.oauth().clientReachable(WEB, false);

        assertThat(refresh(first.refreshToken())).isInstanceOfSatisfying(RefreshReply.Refused.class, refused -> {
            assertThat(refused.endsSession()).isFalse();
            assertThat(refused.failure().error()).isEqualTo("invalid_client_metadata");
        });

        pds.oauth().clientReachable(WEB, true);
        assertThat(refresh(first.refreshToken())).isInstanceOf(RefreshReply.Rotated.class);
    }

    @Test
    void refresh_unpublishedKey_leavesTheSessionAlive() {
        confidential();
        TokenReply first = signIn();
        ClientAuth published = auth;
        auth = ClientAuth.privateKeyJwt(WEB, "k2", P256PrivateKey.generate());

        assertThat(refresh(first.refreshToken())).isInstanceOfSatisfying(RefreshReply.Refused.class, refused -> {
            assertThat(refused.endsSession()).isFalse();
            assertThat(refused.failure().error()).isEqualTo("invalid_client");
        });

        auth = published;
        assertThat(refresh(first.refreshToken())).isInstanceOf(RefreshReply.Rotated.class);
    }

    @Test
    void push_refused_throwsTheServersError() {
        assertThatThrownBy(() -> client.push(
                        server(),
                        auth,
                        key,
                        Map.of("response_type", "code", "redirect_uri", redirect.toString()),
                        Deadline.NONE))
                .isInstanceOf(OAuthResponseException.class)
                .hasMessageStartingWith("authorization request: 127.0.0.1 responded 400 invalid_request: ");
    }

    /** Two origins have nonces of their own, and tokens of one are used at the other. */
    @Test
    void entryway_hasItsOwnNonces() {
        pds.close();
        pds = LocalPds.start(o -> o.entryway(true).clock(serverClock));
        alice = pds.createAccount("alice.test", "alice-password");

        TokenReply tokens = signIn();
        int first = getSession(tokens.accessToken());
        for (int i = 0; i < 5; i++) {
            tokens = rotated(refresh(tokens.refreshToken()));
            assertThat(getSession(tokens.accessToken())).isEqualTo(200);
        }

        assertThat(first).isEqualTo(401);
        assertThat(requests("/oauth/par")).isEqualTo(2);
        assertThat(requests("/oauth/token")).isEqualTo(6);
    }
}
