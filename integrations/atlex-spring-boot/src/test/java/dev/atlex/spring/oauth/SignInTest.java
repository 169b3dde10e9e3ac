package dev.atlex.spring.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.oauth.OAuthClient;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.TestAccount;
import java.net.URI;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Signs users in to a site in development. */
class SignInTest {
    private static final TestUsers USERS = new TestUsers();
    private static TestSite site;

    @BeforeAll
    static void start() {
        site = TestSite.start(USERS);
    }

    @AfterAll
    static void stop() {
        site.close();
        USERS.close();
    }

    private final TestAccount alice = USERS.create("alice");

    @Test
    void userSignsInPostsAndSignsOut() {
        Browser browser = site.browser();
        assertThat(browser.get("/").body()).isEqualTo("no user");

        HttpResponse<String> callback = browser.get(site.authorized(browser, alice));
        assertThat(Browser.location(callback)).isEqualTo(site.url() + "/");
        assertThat(callback.statusCode()).isEqualTo(303);

        assertThat(browser.get("/").body()).isEqualTo("user " + alice.did());
        assertThat(browser.get("/profile").body()).isEqualTo(alice.handle());
        assertThat(browser.get("/current").body()).isEqualTo(alice.did().toString());
        assertThat(browser.get("/maybe").body()).isEqualTo("a user");
        assertThat(browser.post("/posts", "text=Hello").body()).startsWith("at://" + alice.did());

        assertThat(Browser.location(browser.post("/oauth/logout", ""))).isEqualTo(site.url() + "/");
        assertThat(browser.get("/").body()).isEqualTo("no user");
        assertThat(USERS.pds().oauth().sessions(alice.did())).isZero();
    }

    @Test
    void twoUsersAreSignedInAtOnce() {
        TestAccount bob = USERS.create("bob");
        Browser first = site.signIn(alice);
        Browser second = site.signIn(bob);

        assertThat(first.get("/profile").body()).isEqualTo(alice.handle());
        assertThat(second.get("/profile").body()).isEqualTo(bob.handle());

        first.post("/oauth/logout", "");
        assertThat(second.get("/profile").body()).isEqualTo(bob.handle());
    }

    @Test
    void eachBrowserHasItsOwnSession() {
        Browser laptop = site.signIn(alice);
        Browser phone = site.signIn(alice);

        phone.post("/oauth/logout", "");
        assertThat(laptop.get("/profile").body()).isEqualTo(alice.handle());

        laptop.post("/oauth/logout", "");
        site.signIn(phone, alice);
        assertThat(laptop.get("/").body()).isEqualTo("no user");
    }

    @Test
    void signInPage_withTheUrlOfAServer() {
        Browser browser = site.browser();
        URI page = URI.create(Browser.location(
                browser.post("/oauth/login", "account=" + USERS.pds().url())));
        browser.get(USERS.pds().authorize(page, alice).toString());

        assertThat(browser.get("/").body()).isEqualTo("user " + alice.did());
    }

    @Nested
    class WithoutUser {
        private final Browser browser = site.browser();

        @Test
        void pageForUsers_leadsToTheSignInPageAndBack() {
            HttpResponse<String> refused = browser.get("/profile?tab=posts");
            assertThat(Browser.location(refused)).isEqualTo(site.url() + "/");

            assertThat(browser.post("/oauth/login", "account=x").statusCode())
                    .as("a typo")
                    .isEqualTo(303);
            HttpResponse<String> callback = browser.get(site.authorized(browser, alice));
            assertThat(Browser.location(callback)).isEqualTo(site.url() + "/profile?tab=posts");

            HttpResponse<String> next = browser.get(site.authorized(browser, alice));
            assertThat(Browser.location(next)).isEqualTo(site.url() + "/");
        }

        @Test
        void script_getsAStatus() {
            HttpResponse<String> response =
                    browser.send(browser.page("/profile").setHeader("Accept", "*/*"));

            assertThat(response.statusCode()).isEqualTo(401);
        }

        @Test
        void form_leadsToTheSignInPage() {
            HttpResponse<String> response = browser.post("/posts", "text=Hello");

            assertThat(Browser.location(response)).isEqualTo(site.url() + "/");
        }

        @Test
        void optionalArguments_areEmpty() {
            assertThat(browser.get("/maybe").body()).isEqualTo("no user");
            assertThat(browser.get("/").body()).isEqualTo("no user");
        }

        @Test
        void logout_hasNoEffect() {
            assertThat(browser.post("/oauth/logout", "").statusCode()).isEqualTo(303);
        }

        @Test
        void localhost_leadsToTheLoopbackAddress() {
            String local = site.url().toString().replace("127.0.0.1", "localhost");

            assertThat(Browser.location(browser.get(local + "/maybe?x=1"))).isEqualTo(site.url() + "/maybe?x=1");
        }

        @Test
        void development_publishesNothing() {
            assertThat(browser.get("/oauth/client-metadata.json").statusCode()).isEqualTo(404);
            assertThat(browser.get("/oauth/jwks.json").statusCode()).isEqualTo(404);
        }
    }

    @Nested
    class Failures {
        private final Browser browser = site.browser();

        @AfterEach
        void reset() {
            USERS.pds().oauth().reset();
            USERS.pds().faults().clear();
        }

        private String shown(HttpResponse<String> response) {
            assertThat(Browser.location(response)).isEqualTo(site.url() + "/");
            String shown = browser.get("/").body();
            assertThat(browser.get("/").body()).as("shown once").isEqualTo("no user");
            return shown;
        }

        @Test
        void refusal() {
            URI page = site.login(browser, alice);

            assertThat(shown(browser.get(USERS.pds().deny(page).toString()))).isEqualTo("no user, DENIED, null");
            assertThat(browser.cookie("atlex-sign-in")).isNull();
        }

        @Test
        void refusal_keepsThePageToReturnTo() {
            browser.get("/profile");
            browser.get(USERS.pds().deny(site.login(browser, alice)).toString());

            HttpResponse<String> callback = browser.get(site.authorized(browser, alice));
            assertThat(Browser.location(callback)).isEqualTo(site.url() + "/profile");
        }

        @Test
        void otherAccount() {
            URI page = site.login(browser, alice);
            USERS.pds().oauth().signInAs(USERS.create("mallory"));

            String callback = USERS.pds().authorize(page, alice).toString();
            assertThat(shown(browser.get(callback))).isEqualTo("no user, OTHER_ACCOUNT, null");
        }

        @Test
        void unknownAccount_isShownAgain() {
            assertThat(shown(browser.post("/oauth/login", "account=missing.test")))
                    .isEqualTo("no user, UNKNOWN_ACCOUNT, missing.test");
        }

        @Test
        void invalidText_isNotShown() {
            assertThat(shown(browser.post("/oauth/login", "account=abcd-efgh-ijkl-mnop")))
                    .isEqualTo("no user, INVALID_ACCOUNT, null");
            assertThat(shown(browser.post("/oauth/login", ""))).isEqualTo("no user, INVALID_ACCOUNT, null");
        }

        @Test
        void serverWithoutOAuth() {
            USERS.pds().faults().always("/.well-known/oauth-protected-resource", Fault.status(404));

            assertThat(shown(browser.post("/oauth/login", "account=" + alice.handle())))
                    .isEqualTo("no user, UNSUPPORTED_SERVER, " + alice.handle());
        }

        @Test
        void serverDown() {
            USERS.pds().faults().always("/oauth/par", Fault.status(503));

            assertThat(shown(browser.post("/oauth/login", "account=" + alice.handle())))
                    .isEqualTo("no user, SERVER_UNAVAILABLE, " + alice.handle());
        }

        @Test
        void codeRefused() {
            String callback = site.authorized(browser, alice);
            USERS.pds().faults().always("/oauth/token", Fault.status(400, "invalid_grant", "no"));

            assertThat(shown(browser.get(callback))).isEqualTo("no user, SERVER_REFUSED, null");
        }
    }

    @Nested
    class EndedSessions {
        private final Browser browser = site.signIn(alice);

        @AfterEach
        void reset() {
            USERS.pds().oauth().reset();
            USERS.pds().faults().clear();
        }

        @Test
        void revokedSession_leadsToTheSignInPageAndBack() {
            USERS.pds().oauth().revokeSessions(alice.did());

            assertThat(Browser.location(browser.get("/profile"))).isEqualTo(site.url() + "/");
            assertThat(browser.get("/").body()).isEqualTo("no user, SESSION_ENDED, null");
            HttpResponse<String> callback = browser.get(site.authorized(browser, alice));
            assertThat(Browser.location(callback)).isEqualTo(site.url() + "/profile");
        }

        @Test
        void revokedSession_givesScriptsAStatus() {
            USERS.pds().oauth().revokeSessions(alice.did());

            HttpResponse<String> response =
                    browser.send(browser.page("/profile").setHeader("Accept", "*/*"));
            assertThat(response.statusCode()).isEqualTo(401);
        }

        @Test
        void accountTakenDown_isNamed() {
            USERS.pds().takedown(alice.did());

            assertThat(Browser.location(browser.get("/profile"))).isEqualTo(site.url() + "/");
            assertThat(browser.get("/").body()).isEqualTo("no user, ACCOUNT_INACTIVE, null");
        }

        @Test
        void loggedOutByTheApplication_leadsToTheSignInPage() {
            OAuthClient client = site.context().getBean(OAuthClient.class);
            String id = browser.get("/session-id").body();
            client.resume(alice.did(), id).logout();

            assertThat(browser.get("/").body()).isEqualTo("no user");
            assertThat(Browser.location(browser.get("/profile"))).isEqualTo(site.url() + "/");
        }

        @Test
        void logout_whileTheServerIsDown_isQueued() {
            USERS.pds().faults().always("/oauth/revoke", Fault.status(503));
            assertThat(Browser.location(browser.post("/oauth/logout", ""))).isEqualTo(site.url() + "/");

            assertThat(browser.get("/").body()).isEqualTo("no user");
            MemorySessionStore store = site.context().getBean(MemorySessionStore.class);
            int[] queued = new int[1];
            store.forEach(Kind.LOGOUT, entry -> queued[0]++);
            assertThat(queued[0]).isEqualTo(1);
        }

        @Test
        void httpSessionTimesOut_endsTheOAuthSession() {
            browser.get("/expire");

            assertThat(USERS.awaitSessions(alice, 0)).isZero();
        }
    }

    @Test
    void sameSiteOfTheApplication_isKept() {
        try (TestSite other = TestSite.start(USERS, "server.servlet.session.cookie.same-site=strict")) {
            assertThat(other.browser().get("/remember?value=x").headers().firstValue("Set-Cookie"))
                    .hasValueSatisfying(cookie -> assertThat(cookie).contains("SameSite=Strict"));
        }
    }

    @Test
    void stop_logsOutSessionsInMemory() {
        TestAccount carol = USERS.create("carol");
        try (TestSite other = TestSite.start(USERS)) {
            other.signIn(carol);
            assertThat(USERS.pds().oauth().sessions(carol.did())).isOne();
        }
        assertThat(USERS.pds().oauth().sessions(carol.did())).isZero();
    }
}
