package dev.atlex.testkit;

import static dev.atlex.testkit.OAuthRows.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.testkit.RawOAuthClient.Call;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tests pushed authorization requests, and compares the responses with the reference server's. */
class OAuthPushTest {
    private static final String NEEDS_NONCE = "400 use_dpop_nonce: Authorization server requires nonce in DPoP proof";
    private static final String PROOF = "401 invalid_dpop_proof: ";
    private static final String AGE = "Failed to verify DPoP proof: \"iat\" claim timestamp check failed ";

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-01-01T00:00:00Z"));
    private LocalPds pds;

    @BeforeEach
    void start() {
        pds = LocalPds.start(o -> o.clock(clock));
    }

    @AfterEach
    void close() {
        pds.close();
    }

    private RawOAuthClient client() {
        return RawOAuthClient.loopback(pds, clock, RawOAuthClient.SCOPE);
    }

    /** Returns a pushed request from a client that has the current nonce. */
    private Call push() {
        RawOAuthClient client = client();
        assertThat(client.push().send().status()).isEqualTo(201);
        return client.push();
    }

    private Call aged(int seconds) {
        return push().proof(claims -> claims.put("iat", clock.instant().getEpochSecond() + seconds));
    }

    private Call of(String clientId, String redirectUri, String scope) {
        RawOAuthClient client = new RawOAuthClient(pds, clock, clientId, scope);
        client.redirectUri = redirectUri;
        return client.push();
    }

    @TestFactory
    Stream<DynamicTest> proofs() {
        RawOAuthClient stranger = client();
        Call replayed = push();
        return Stream.of(
                row(
                        "first request, DPoP without nonce",
                        NEEDS_NONCE,
                        () -> stranger.push().once()),
                row("with the nonce", "201", () -> stranger.push().once()),
                row(
                        "unknown nonce",
                        "400 use_dpop_nonce: DPoP \"nonce\" mismatch",
                        () -> push().proof(claims -> claims.put("nonce", "none"))
                                .once()),
                row("no DPoP header", "201", () -> push().withoutProof().once()),
                row("the same proof, first", "201", replayed::once),
                row(
                        "the same proof a second time",
                        PROOF + "DPoP proof replayed [described challenge]",
                        () -> push().withoutProof()
                                .header("DPoP", replayed.sentProof)
                                .once()),
                row(
                        "htm GET",
                        PROOF + "DPoP \"htm\" mismatch [challenge]",
                        () -> push().proof(claims -> claims.put("htm", "GET")).once()),
                row(
                        "htu with a query",
                        "201",
                        () -> push().proof(claims -> claims.put("htu", pds.url() + "/oauth/par?x=y"))
                                .once()),
                row(
                        "htu with another spelling",
                        "201",
                        () -> push().proof(claims -> claims.put(
                                        "htu", pds.url().toString().replace("http:", "HTTP:") + "/./oauth/par#x"))
                                .once()),
                row(
                        "htu of another host",
                        PROOF + "DPoP \"htu\" mismatch [challenge]",
                        () -> push().proof(claims -> claims.put("htu", "http://localhost:1/oauth/par"))
                                .once()),
                row(
                        "ath without a token",
                        PROOF + "DPoP \"ath\" claim not allowed [challenge]",
                        () -> push().proof(claims -> claims.put("ath", "x")).once()),
                row(
                        "no jti",
                        PROOF + "DPoP \"jti\" missing [challenge]",
                        () -> push().proof(claims -> claims.remove("jti")).once()),
                row(
                        "iat -191 s",
                        PROOF + AGE + "(too far in the past) [challenge]",
                        () -> aged(-191).once()),
                row("iat -190 s", "201", () -> aged(-190).once()),
                row("iat +180 s", "201", () -> aged(180).once()),
                row(
                        "iat +181 s",
                        PROOF + AGE + "(it should be in the past) [challenge]",
                        () -> aged(181).once()),
                row(
                        "two proofs",
                        PROOF + "DPoP header must contain a single proof [described challenge]",
                        () -> push().header("DPoP", "another").once()));
    }

    @TestFactory
    Stream<DynamicTest> parameters() {
        String undeclared = "Scope \"transition:email\" is not declared in the client metadata";
        return Stream.of(
                row("without state", "201", () -> push().without("state").once()),
                row(
                        "without scope",
                        "400 invalid_scope: The \"atproto\" scope is required",
                        () -> push().without("scope").once()),
                row(
                        "without code_challenge",
                        "400 invalid_request: Use of PKCE is required",
                        () -> push().without("code_challenge", "code_challenge_method")
                                .once()),
                row(
                        "code_challenge_method plain",
                        "400 invalid_request: atproto requires use of \"S256\" code_challenge_method",
                        () -> push().set("code_challenge_method", "plain").once()),
                row(
                        "scope without atproto",
                        "400 invalid_scope: The \"atproto\" scope is required",
                        () -> push().set("scope", "transition:generic").once()),
                row(
                        "scope that the metadata do not declare",
                        "400 invalid_scope: " + undeclared,
                        () -> push().set("scope", "atproto transition:email").once()),
                row(
                        "redirect_uri of another path",
                        "400 invalid_request: Invalid redirect_uri http://127.0.0.1:9999/other",
                        () -> push().set("redirect_uri", "http://127.0.0.1:9999/other")
                                .once()),
                row(
                        "redirect_uri with localhost",
                        "400 invalid_request: Invalid authorization request: Use of \"localhost\" hostname is not allowed"
                                + " (RFC 8252), use a loopback IP such as \"127.0.0.1\" instead at body.redirect_uri",
                        () -> push().set("redirect_uri", "http://localhost:9999/callback")
                                .once()),
                row(
                        "login_hint: handle of another server",
                        "201",
                        () -> push().set("login_hint", "bob.example.com").once()),
                row(
                        "login_hint: Alice.TEST",
                        "201",
                        () -> push().set("login_hint", "Alice.TEST").once()),
                row(
                        "login_hint: an e-mail address",
                        "400 invalid_request: Invalid login_hint \"alice@example.com\"",
                        () -> push().set("login_hint", "alice@example.com").once()),
                row(
                        "login_hint: https URL of the PDS",
                        "400 invalid_request: Invalid login_hint \"" + pds.url() + "\"",
                        () -> push().set("login_hint", pds.url().toString()).once()),
                row(
                        "prompt none, public client",
                        "400 invalid_request: Public clients are not allowed to use silent-sign-on",
                        () -> push().set("prompt", "none").once()),
                row(
                        "GET",
                        "405 (no nonce)",
                        () -> new Http(pds)
                                .send(new Http(pds).request("/oauth/par", null).GET())));
    }

    @TestFactory
    Stream<DynamicTest> clients() {
        String redirect = RawOAuthClient.REDIRECT_URI;
        String withPort = RawOAuthClient.loopbackId("http://127.0.0.1:8080/callback", "atproto");
        String unknown = "https://nowhere.atlex.dev/m.json";
        String invalid = "400 invalid_client_metadata: Invalid client ID ";
        return Stream.of(
                row(
                        "redirect_uri with the port that the client_id declares",
                        "201",
                        () -> of(withPort, "http://127.0.0.1:8080/callback", "atproto")
                                .send()),
                row(
                        "redirect_uri with a different port than the client_id declares",
                        "400 invalid_request: Invalid redirect_uri " + redirect,
                        () -> of(withPort, redirect, "atproto").send()),
                row(
                        "client_id http://localhost",
                        "201",
                        () -> of("http://localhost", "http://127.0.0.1:9999/", "atproto")
                                .send()),
                row(
                        "client_id http://localhost/",
                        "201",
                        () -> of("http://localhost/", "http://127.0.0.1:9999/", "atproto")
                                .send()),
                row(
                        "client_id http://127.0.0.1",
                        invalid + "\"http://127.0.0.1\"",
                        () -> of("http://127.0.0.1", redirect, "atproto").send()),
                row(
                        "client_id http://localhost:9999",
                        invalid + "\"http://localhost:9999\"",
                        () -> of("http://localhost:9999", redirect, "atproto").send()),
                row(
                        "client_id with a redirect_uri on localhost",
                        invalid + "\"" + RawOAuthClient.loopbackId("http://localhost/callback", "atproto") + "\"",
                        () -> of(RawOAuthClient.loopbackId("http://localhost/callback", "atproto"), redirect, "atproto")
                                .send()),
                row(
                        "client_id https:// of an unknown host",
                        "400 invalid_client_metadata: Unable to obtain client metadata for \"" + unknown
                                + "\": Invalid hostname",
                        () -> of(unknown, redirect, "atproto").send()),
                row(
                        "client_id without a path",
                        invalid + "\"https://web.atlex.dev\"",
                        () -> of("https://web.atlex.dev", redirect, "atproto").send()),
                row(
                        "no client_id",
                        "400 invalid_client: Client credentials missing: Required at body.client_id",
                        () -> push().without("client_id").once()));
    }

    @TestFactory
    Stream<DynamicTest> scopesThatTheClientDeclares() {
        String redirect = RawOAuthClient.REDIRECT_URI;
        String set = "atproto include:com.example.authBasic";
        String strange = "atproto future:scope";
        return Stream.of(
                row(
                        "declared scope that the server does not know",
                        "201",
                        () -> of(RawOAuthClient.loopbackId("http://127.0.0.1/callback", strange), redirect, strange)
                                .send()),
                row(
                        "permission set that does not resolve",
                        "400 invalid_scope: Could not resolve Lexicon for NSID (com.example.authBasic)",
                        () -> of(RawOAuthClient.loopbackId("http://127.0.0.1/callback", set), redirect, set)
                                .send()));
    }

    @Test
    void push_returnsRequestUriForFiveMinutes() {
        Http.Reply reply = client().push().send();

        assertThat(reply.string("request_uri")).matches("urn:ietf:params:oauth:request_uri:req-[0-9a-f]{32}");
        assertThat(reply.json().getInteger("expires_in")).isEqualTo(300);
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void push_acceptsJson() {
        RawOAuthClient client = client();
        Call push = client.push();
        StringBuilder json = new StringBuilder("{");
        push.form.forEach(
                (name, value) -> json.append(json.length() > 1 ? "," : "").append("'" + name + "':'" + value + "'"));

        assertThat(push.json(json.append("}").toString()).send().status()).isEqualTo(201);
    }

    @Test
    void nonce_isValidForTwoToThreeRotations() {
        RawOAuthClient client = client();
        client.push().send();
        Map<String, String> form = client.push().form;
        URI url = URI.create(pds.url() + "/oauth/par");
        String[] nonce = {null};
        client.push()
                .proof(claims -> nonce[0] = claims.build().getString("nonce"))
                .once();

        clock.advance(java.time.Duration.ofSeconds(179));
        Call good = client.new Call("POST", url, form);
        assertThat(good.proof(claims -> claims.put("nonce", nonce[0])).once().status())
                .isEqualTo(201);
        clock.advance(java.time.Duration.ofSeconds(1));
        Call late = client.new Call("POST", url, form);
        assertThat(OAuthRows.shown(
                        late.proof(claims -> claims.put("nonce", nonce[0])).once()))
                .isEqualTo("400 use_dpop_nonce: DPoP \"nonce\" mismatch");
    }
}
