package dev.atlex.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Tests the pages that users see, and the callbacks that clients get. */
class OAuthPagesTest {
    private final MutableClock clock = MutableClock.at(Instant.parse("2026-01-01T00:00:00Z"));
    private LocalPds pds;
    private TestAccount alice;
    private TestAccount bob;
    private RawOAuthClient client;
    private TestBrowser browser;

    @BeforeEach
    void start() {
        pds = LocalPds.start(o -> o.clock(clock));
        alice = pds.createAccount("alice.test", "alice-password");
        bob = pds.createAccount("bob.test", "bob-password");
        client = RawOAuthClient.loopback(pds, clock, "atproto transition:generic transition:email");
        browser = new TestBrowser(pds.url());
    }

    @AfterEach
    void close() {
        pds.close();
    }

    private URI url() {
        return client.authorizationUrl(
                client.push().set("login_hint", "alice.test").send());
    }

    private static String error(Map<String, String> callback) {
        return callback.get("error") + ": " + callback.get("error_description");
    }

    @Nested
    class Pages {
        @Test
        void signInAndConsent_returnCode() {
            Http.Reply page = browser.open(url());
            assertThat(page.ok().text())
                    .contains("<title>Sign in</title>", "value=\"alice.test\"")
                    .doesNotContain("<script");
            assertThat(page.header("Set-Cookie")).contains("HttpOnly", "SameSite=Lax");
            assertThat(page.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
            assertThat(page.header("Cache-Control")).isEqualTo("no-store");

            Http.Reply consent = browser.signIn("alice.test", "alice-password");
            assertThat(consent.ok().text()).contains("<title>Authorize</title>", "@alice.test", "transition:email");

            Map<String, String> callback = TestBrowser.callback(browser.submit("consent", Map.of()));
            assertThat(callback).containsEntry("iss", pds.url().toString()).containsEntry("state", "some-state");
        }

        @Test
        void uncheckedScopes_areNotGranted() {
            browser.open(url());
            browser.signIn("alice.test", "alice-password");
            Map<String, String> form = browser.form("consent");
            Http.Reply reply = browser.post(RawOAuthClient.form(form) + "&scope=transition%3Aemail");

            LexMap tokens = client.exchange(TestBrowser.callback(reply).get("code"))
                    .send()
                    .ok()
                    .json();
            assertThat(tokens.getString("scope")).isEqualTo("atproto transition:email");
        }

        @Test
        void unrequestedScopes_areNotGranted() {
            browser.open(url());
            browser.signIn("alice.test", "alice-password");
            Http.Reply reply =
                    browser.post(RawOAuthClient.form(browser.form("consent")) + "&scope=transition%3Achat.bsky");

            LexMap tokens = client.exchange(TestBrowser.callback(reply).get("code"))
                    .send()
                    .ok()
                    .json();
            assertThat(tokens.getString("scope")).isEqualTo("atproto");
        }

        @Test
        void denying_returnsAccessDenied() {
            browser.open(url());
            Map<String, String> callback = TestBrowser.callback(browser.submit("deny", Map.of()));

            assertThat(error(callback)).isEqualTo("access_denied: The user rejected the request");
            assertThat(callback).containsEntry("state", "some-state").containsKey("iss");
        }

        @Test
        void wrongPassword_showsTheFormAgain() {
            browser.open(url());
            Http.Reply reply = browser.signIn("alice.test", "wrong");

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.text()).contains("Invalid identifier or password", "value=\"alice.test\"");
            assertThat(browser.signIn("alice.test", "alice-password").status()).isEqualTo(200);
        }

        @Test
        void appPassword_isRejected() {
            String appPassword = pds.createAppPassword(alice.did(), "bot");
            browser.open(url());

            assertThat(browser.signIn("alice.test", appPassword).text()).contains("App passwords are not allowed");
        }

        @Test
        void takenDownAccount_isRejected() {
            pds.takedown(alice.did());
            browser.open(url());

            assertThat(browser.signIn("alice.test", "alice-password").text()).contains("Account was taken down");
        }

        @Test
        void deactivatedAccount_returnsAccessDenied() {
            pds.deactivate(alice.did());
            browser.open(url());
            browser.signIn("alice.test", "alice-password");

            assertThat(error(TestBrowser.callback(browser.submit("consent", Map.of()))))
                    .isEqualTo("access_denied: This account has been deactivated");
        }

        @Test
        void anotherAccountThanHinted_isAccepted() {
            browser.open(url());
            browser.signIn("bob.test", "bob-password");
            String code =
                    TestBrowser.callback(browser.submit("consent", Map.of())).get("code");

            assertThat(client.exchange(code).send().ok().string("sub"))
                    .isEqualTo(bob.did().toString());
        }

        @Test
        void text_isEscaped() {
            browser.open(url());
            Http.Reply reply = browser.signIn("\"><script>alert(1)</script>", "x");

            assertThat(reply.text()).contains("&quot;&gt;&lt;script&gt;").doesNotContain("<script>");
        }

        @Test
        void signUp_createsAnAccount() {
            browser.open(client.authorizationUrl(
                    client.push().set("prompt", "create").send()));
            Map<String, String> form = Map.of("handle", "carol.test", "email", "carol@mail.test", "password", "secret");
            Http.Reply taken = browser.submit(
                    "sign-up", Map.of("handle", "alice.test", "email", "x@mail.test", "password", "secret"));
            assertThat(taken.text()).contains("Handle already taken: alice.test");
            browser.submit("sign-up", form).ok();
            String code =
                    TestBrowser.callback(browser.submit("consent", Map.of())).get("code");

            assertThat(client.exchange(code).send().status()).isEqualTo(200);
            assertThat(pds.hasAccount("carol.test")).isTrue();
        }
    }

    @Nested
    class Protection {
        @Test
        void requestWithoutBrowserHeaders_isRejected() {
            Http.Reply reply = new Http(pds).send(HttpRequest.newBuilder(url()));

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.text()).contains("Missing sec-fetch-site header");
        }

        @Test
        void frame_isRejected() {
            Http.Reply reply = new Http(pds)
                    .send(HttpRequest.newBuilder(url())
                            .header("Sec-Fetch-Site", "cross-site")
                            .header("Sec-Fetch-Mode", "navigate")
                            .header("Sec-Fetch-Dest", "iframe"));

            assertThat(reply.text()).contains("Forbidden sec-fetch-dest header");
        }

        @Test
        void formFromAnotherBrowser_isRejected() {
            browser.open(url());
            Map<String, String> form = browser.form("sign-in");
            form.put("username", "alice.test");
            form.put("password", "alice-password");
            TestBrowser other = new TestBrowser(pds.url());
            other.open(url());

            assertThat(other.post(RawOAuthClient.form(form)).text()).contains("Invalid CSRF token");
        }

        @Test
        void formFromAnotherSite_isRejected() {
            browser.open(url());
            Http.Reply reply = new Http(pds)
                    .send(HttpRequest.newBuilder(URI.create(pds.url() + "/oauth/authorize"))
                            .header("Origin", "https://evil.example")
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString("action=deny")));

            assertThat(reply.text()).contains("Invalid origin https://evil.example");
        }

        @Test
        void consentWithoutSignIn_asksForThePassword() {
            browser.open(url());
            Map<String, String> form = browser.form("sign-in");
            form.put("action", "consent");

            assertThat(browser.post(RawOAuthClient.form(form)).text()).contains("Sign in again");
        }

        @Test
        void requestInASecondBrowser_isDenied() {
            URI url = url();
            browser.open(url);
            Map<String, String> callback = TestBrowser.callback(new TestBrowser(pds.url()).open(url));

            assertThat(error(callback)).isEqualTo("access_denied: This request was initiated from another device");
            assertThat(browser.signIn("alice.test", "alice-password").text()).contains("Unknown request_uri");
        }

        @Test
        void repeatedRequest_isDenied() {
            URI url = url();
            pds.authorize(url, alice);

            assertThat(error(TestBrowser.callback(browser.open(url))))
                    .isEqualTo("access_denied: This request was already authorized");
        }

        @Test
        void expiredRequest_isDenied() {
            URI url = url();
            clock.advance(Duration.ofSeconds(301));

            assertThat(error(TestBrowser.callback(browser.open(url))))
                    .isEqualTo("access_denied: This request has expired");
        }

        @Test
        void requestByAnotherClient_isDenied() {
            URI url = URI.create(url().toString().replaceFirst("client_id=[^&]*", "client_id=http%3A%2F%2Flocalhost"));

            assertThat(error(TestBrowser.callback(browser.open(url))))
                    .isEqualTo("access_denied: This request was initiated for another client");
        }
    }

    @Nested
    class RememberedAccounts {
        private static final String ID = "https://web.atlex.dev/oauth-client-metadata.json";

        private RawOAuthClient confidential() {
            P256PrivateKey key = P256PrivateKey.generate();
            LexMap jwk = key.publicKey().toJwk().toBuilder().put("kid", "key-1").build();
            pds.oauth()
                    .register(
                            ID,
                            LexMap.builder()
                                    .put("client_id", ID)
                                    .put("redirect_uris", LexArray.of(LexValue.of("https://web.atlex.dev/callback")))
                                    .put("scope", "atproto")
                                    .put("token_endpoint_auth_method", "private_key_jwt")
                                    .put("token_endpoint_auth_signing_alg", "ES256")
                                    .put("dpop_bound_access_tokens", true)
                                    .put("jwks", LexMap.of("keys", LexArray.of(jwk)))
                                    .build());
            RawOAuthClient confidential = new RawOAuthClient(pds, clock, ID, "atproto");
            confidential.redirectUri = "https://web.atlex.dev/callback";
            confidential.clientKey = key;
            return confidential;
        }

        private URI url(RawOAuthClient of, String prompt) {
            RawOAuthClient.Call push = of.push().set("login_hint", "alice.test");
            return of.authorizationUrl((prompt.isEmpty() ? push : push.set("prompt", prompt)).send());
        }

        private void signInOnce(RawOAuthClient of) {
            browser.open(url(of, ""));
            browser.submit(
                    "sign-in", Map.of("username", "alice.test", "password", "alice-password", "remember", "yes"));
            TestBrowser.callback(browser.submit("consent", Map.of()));
        }

        @Test
        void confidentialClient_signsInWithoutPage() {
            RawOAuthClient web = confidential();
            signInOnce(web);

            assertThat(TestBrowser.callback(browser.open(url(web, "")))).containsKey("code");
            assertThat(TestBrowser.callback(browser.open(url(web, "none")))).containsKey("code");
            assertThat(browser.open(url(web, "login")).text()).contains("<title>Sign in</title>");
            assertThat(browser.open(url(web, "consent")).text()).contains("<title>Authorize</title>");
            assertThat(browser.open(url(web, "select_account")).text()).contains("Continue as @alice.test");
        }

        @Test
        void promptNone_requiresSignIn() {
            RawOAuthClient web = confidential();

            assertThat(error(TestBrowser.callback(browser.open(url(web, "none")))))
                    .isEqualTo("login_required: Login is required");
            assertThat(error(RawOAuthClient.query(pds.authorize(url(web, "none"), alice))))
                    .isEqualTo("login_required: Login is required");
        }

        @Test
        void promptNone_requiresEarlierConsent() {
            signInOnce(client);

            assertThat(error(TestBrowser.callback(browser.open(url(confidential(), "none")))))
                    .isEqualTo("consent_required: User consent required");
        }

        @Test
        void publicClient_asksForConsentEachTime() {
            signInOnce(client);
            assertThat(browser.open(url(client, "")).text()).contains("<title>Authorize</title>");
            assertThat(browser.submit("switch", Map.of()).text()).contains("Continue as @alice.test");
            assertThat(browser.submit("continue", Map.of()).text()).contains("<title>Authorize</title>");
            assertThat(TestBrowser.callback(browser.submit("consent", Map.of())))
                    .containsKey("code");
        }

        @Test
        void account_isForgottenAfterAWeek() {
            signInOnce(client);
            clock.advance(Duration.ofDays(8));

            assertThat(browser.open(url(client, "")).text()).contains("<title>Sign in</title>");
        }
    }

    @Nested
    class WithoutBrowser {
        @Test
        void deny_returnsAccessDenied() {
            assertThat(error(RawOAuthClient.query(pds.deny(url()))))
                    .isEqualTo("access_denied: The user rejected the request");
        }

        @Test
        void authorize_returnsTheServersError() {
            pds.deactivate(alice.did());
            assertThat(error(RawOAuthClient.query(pds.authorize(url(), alice))))
                    .isEqualTo("access_denied: This account has been deactivated");
        }

        @Test
        void authorize_supportsFragments() {
            URI callback = pds.authorize(
                    client.authorizationUrl(
                            client.push().set("response_mode", "fragment").send()),
                    alice);

            assertThat(callback.getRawQuery()).isNull();
            assertThat(callback.getRawFragment()).startsWith("iss=http");
        }

        @Test
        void authorize_rejectsOtherUrls() {
            assertThatThrownBy(() -> pds.authorize(URI.create("https://example.com/oauth/authorize?a=b"), alice))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("authorize: expected a URL that starts with " + pds.url()
                            + "/oauth/authorize? (got \"https://example.com/oauth/authorize?a=b\")");
            assertThatThrownBy(() -> pds.authorize(
                            URI.create(pds.url() + "/oauth/authorize?client_id=http://localhost&request_uri=x"), alice))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("authorize: Unknown request_uri");
        }

        @Test
        void authorize_rejectsWrongPasswords() {
            TestAccount wrong = TestAccount.of(alice.did(), alice.handle(), alice.email(), "wrong");
            assertThatThrownBy(() -> pds.authorize(url(), wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("authorize: Invalid identifier or password");
        }

        @Test
        void grantOnly_reducesScope() {
            pds.oauth().grantOnly("transition:email");
            assertThat(client.signIn(alice).getString("scope")).isEqualTo("atproto transition:email");
            pds.oauth().grantAll();
            assertThat(client.signIn(alice).getString("scope")).isEqualTo(client.scope);
        }

        @Test
        void signInAs_replacesTheAccount() {
            pds.oauth().signInAs(bob);
            assertThat(client.signIn(alice).getString("sub"))
                    .isEqualTo(bob.did().toString());
            pds.oauth().reset();
            assertThat(client.signIn(alice).getString("sub"))
                    .isEqualTo(alice.did().toString());
        }
    }
}
