package dev.atlex.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.Transport;
import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexValue;
import dev.atlex.oauth.internal.dpop.DpopContext;
import dev.atlex.oauth.internal.server.AuthServer;
import dev.atlex.oauth.internal.server.AuthServerClient;
import dev.atlex.oauth.internal.server.ClientAuth;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A malicious authorization server that tries to steal sessions of an honest one. */
class MixUpTest {
    private static final String RESOURCE = "/.well-known/oauth-protected-resource";

    private final OAuthWorld evil = new OAuthWorld();
    private final LocalPds honest = LocalPds.start();
    private final TestAccount victim = honest.createAccount("victim.test", "victim-password");
    private final OAuthClient client = evil.client();

    @AfterEach
    void close() {
        honest.close();
        evil.close();
    }

    private AuthServer honestServer() {
        return OAuthFixture.server(honest.url());
    }

    /** Pushes the parameters of another request to the honest server, with the attacker's key. Returns the page. */
    private URI forward(Map<String, String> parameters) {
        AuthServerClient attacker =
                new AuthServerClient(Transport.jdk(), TimeSource.SYSTEM, DpopContext.of(TimeSource.SYSTEM));
        String clientId = parameters.get("client_id");
        Map<String, String> pushed = new HashMap<>(parameters);
        pushed.remove("client_id");
        pushed.remove("login_hint");
        String requestUri = attacker.push(
                        honestServer(), ClientAuth.none(clientId), P256PrivateKey.generate(), pushed, Deadline.NONE)
                .requestUri();
        return URI.create(honestServer().authorizationEndpoint() + "?client_id="
                + URLEncoder.encode(clientId, StandardCharsets.UTF_8) + "&request_uri="
                + URLEncoder.encode(requestUri, StandardCharsets.UTF_8));
    }

    private void assertNoCodeWasSent() {
        assertThat(evil.transport.count("/oauth/token")).isZero();
        assertThat(honest.count("/oauth/token")).isZero();
        assertThat(evil.entries(Kind.OAUTH)).isZero();
    }

    /** The user wants to sign in at the evil server, which sends the browser to the honest one. */
    @Test
    void codeOfAnotherServer_isNotSentToThisOne() {
        Authorization authorization = client.authorizeAt(evil.pds.url());
        URI page = forward(evil.transport.form("/oauth/par"));
        URI callback = honest.authorize(page, victim);
        assertThat(callback.getQuery()).contains("code=", "iss=" + honest.url());

        assertThatThrownBy(() -> client.callback(callback, authorization.browserSecret()))
                .isInstanceOfSatisfying(
                        IssuerMismatchException.class,
                        e -> assertThat(e.expected()).isEqualTo(evil.pds.url()));
        assertNoCodeWasSent();
    }

    /** The evil server's metadata leads the browser to the honest server by itself. */
    @Test
    void authorizationEndpointOfAnotherServer_helpsNobody() {
        evil.transport.edit(
                "/.well-known/oauth-authorization-server",
                json -> json.put(
                        "authorization_endpoint",
                        honestServer().authorizationEndpoint().toString()));
        Authorization authorization = client.authorizeAt(evil.pds.url());
        assertThat(authorization.url().getAuthority()).isEqualTo(honest.url().getAuthority());
        URI callback = honest.authorize(forward(evil.transport.form("/oauth/par")), victim);

        assertThatThrownBy(() -> client.callback(callback, authorization.browserSecret()))
                .isInstanceOf(IssuerMismatchException.class);
        assertNoCodeWasSent();
    }

    /** An account's server changes its authorization server while the user is at the page. */
    @Test
    void serverThatHandsItsAccountsOver_isNoticedAtTheCallback() {
        Authorization authorization = client.authorizeAt(evil.pds.url());
        URI callback = evil.pds.authorize(authorization.url(), evil.alice);
        evil.transport.edit(
                RESOURCE,
                json -> json.put(
                        "authorization_servers",
                        LexArray.of(LexValue.of(honest.url().toString()))));

        assertThatThrownBy(() -> client.callback(callback, authorization.browserSecret()))
                .isInstanceOfSatisfying(IssuerMismatchException.class, e -> {
                    assertThat(e.expected()).isEqualTo(honest.url());
                    assertThat(e.found()).isEqualTo(evil.pds.url());
                });
        assertThat(evil.pds.oauth().sessions(evil.alice.did())).isZero();
        assertThat(evil.entries(Kind.OAUTH)).isZero();
    }

    /** A running session stays with the server that issued it; a new sign-in goes to the new one. */
    @Test
    void serverThatMoved_keepsOldSessions_andGetsNewOnes() {
        OAuthSession session = evil.signIn(client, evil.alice);
        evil.transport.edit(
                RESOURCE,
                json -> json.put(
                        "authorization_servers",
                        LexArray.of(LexValue.of(honest.url().toString()))));

        assertThat(session.refresh().refreshed()).isTrue();
        assertThat(session.issuer()).isEqualTo(evil.pds.url());
        assertThat(client.authorize(OAuthWorld.handle(evil.alice)).url().getAuthority())
                .isEqualTo(honest.url().getAuthority());
    }
}
