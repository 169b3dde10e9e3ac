package dev.atlex.spring.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.testkit.TestAccount;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks on a site and its users. */
class SignInAttacksTest {
    private static final TestUsers USERS = new TestUsers();
    private static final String SESSION = "JSESSIONID";
    private static final String SIGN_IN = "atlex-sign-in";
    private static TestSite site;

    @BeforeAll
    static void start() {
        site = TestSite.start(USERS, "atlex.oauth.allowed-origins=https://admin.example.com");
    }

    @AfterAll
    static void stop() {
        site.close();
        USERS.close();
    }

    private final TestAccount alice = USERS.create("alice");
    private final TestAccount mallory = USERS.create("mallory");
    private final Browser browser = site.browser();

    private String user() {
        return browser.get("/").body();
    }

    @Nested
    class FormsOfOtherSites {
        private int status(String path, String... headers) {
            HttpRequest.Builder form = browser.form(path, "account=" + mallory.handle() + "&text=Hello");
            for (int i = 0; i < headers.length; i += 2) {
                form.header(headers[i], headers[i + 1]);
            }
            return browser.send(form).statusCode();
        }

        @ParameterizedTest
        @ValueSource(strings = {"/oauth/login", "/oauth/logout", "/posts"})
        void areRefused(String path) {
            site.signIn(browser, alice);

            assertThat(status(path, "Origin", "https://evil.example.com")).isEqualTo(403);
            assertThat(status(path, "Origin", "http://127.0.0.1:1")).isEqualTo(403);
            assertThat(status(path, "Origin", site.url() + ".evil.example.com")).isEqualTo(403);
            assertThat(status(path, "Origin", "null", "Sec-Fetch-Site", "cross-site"))
                    .isEqualTo(403);
            assertThat(status(path, "Origin", "null")).isEqualTo(403);
            assertThat(status(path, "Sec-Fetch-Site", "same-site")).isEqualTo(403);
            assertThat(status(path)).isEqualTo(403);
            assertThat(user()).isEqualTo("user " + alice.did());
            assertThat(USERS.pds().records(alice.did(), "app.bsky.feed.post")).isEmpty();
        }

        @Test
        void pagesWithAStrictReferrerPolicy_areAccepted() {
            site.signIn(browser, alice);

            assertThat(status("/posts", "Origin", "null", "Sec-Fetch-Site", "same-origin"))
                    .isEqualTo(200);
        }

        @Test
        void allowedOrigin_isAccepted() {
            site.signIn(browser, alice);

            assertThat(status("/posts", "Origin", "https://admin.example.com")).isEqualTo(200);
        }

        @Test
        void linkOfAnotherSite_startsAndEndsNothing() {
            site.signIn(browser, alice);

            assertThat(browser.get("/oauth/login?account=" + mallory.handle()).statusCode())
                    .isEqualTo(405);
            assertThat(browser.get("/oauth/logout").statusCode()).isEqualTo(405);
            assertThat(user()).isEqualTo("user " + alice.did());
        }
    }

    @Nested
    class ForgedCallbacks {
        @Test
        void callbackOfAnAttacker_isRefused() {
            String link = site.authorized(site.browser(), mallory);

            browser.get(link);
            assertThat(user()).isEqualTo("no user, OTHER_BROWSER, null");
        }

        @Test
        void callbackOfAnAttacker_leavesTheUserSignedIn() {
            site.signIn(browser, alice);
            browser.get(site.authorized(site.browser(), mallory));

            assertThat(user()).startsWith("user " + alice.did());
        }

        @Test
        void callbackOfAnAttacker_duringASignIn_isRefused() {
            String own = site.authorized(browser, alice);
            browser.get(site.authorized(site.browser(), mallory));
            assertThat(user()).isEqualTo("no user, OTHER_BROWSER, null");

            browser.get(own);
            assertThat(user()).isEqualTo("user " + alice.did());
        }

        @Test
        void stolenCallback_isWorthless() {
            String own = site.authorized(browser, alice);
            Browser thief = site.browser();
            thief.get(own);
            assertThat(thief.get("/").body()).isEqualTo("no user, OTHER_BROWSER, null");

            browser.get(own);
            assertThat(user()).isEqualTo("user " + alice.did());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"", "?", "?code=x", "?state=x", "?state=x&code=y&iss=z", "?state=%ff&state=a", "?error=a"})
        void madeUpCallback_isRefused(String query) {
            assertThat(browser.get("/oauth/callback" + query).statusCode()).isEqualTo(303);
            assertThat(user()).isEqualTo("no user, EXPIRED, null");
        }

        @Test
        void madeUpCookie_isRefused() {
            String callback = site.authorized(browser, alice);
            browser.setCookie(SIGN_IN, "a.b.c." + "d".repeat(3000) + "......");

            browser.get(callback);
            assertThat(user()).isEqualTo("no user, OTHER_BROWSER, null");
        }

        @Test
        void reloadedCallback_leavesTheUserSignedIn() {
            String callback = site.authorized(browser, alice);
            browser.get(callback);

            assertThat(Browser.location(browser.get(callback))).isEqualTo(site.url() + "/");
            assertThat(user()).isEqualTo("user " + alice.did());
        }

        @Test
        void issuerOfAnotherServer_isRefused() {
            String callback = site.authorized(browser, alice);

            browser.get(callback.replaceFirst("iss=[^&]*", "iss=https%3A%2F%2Fevil.example.com"));
            assertThat(user()).isEqualTo("no user, SERVER_REFUSED, null");
        }
    }

    @Nested
    class HttpSessions {
        @Test
        void content_isTheAccountAndAnId() {
            site.signIn(browser, alice);

            String id = browser.get("/session-id").body();
            assertThat(browser.get("/content").body())
                    .isEqualTo("dev.atlex.spring.oauth.user=" + id + " " + alice.did());
        }

        @Test
        void plantedId_isWorthless() {
            Browser attacker = site.browser();
            attacker.get("/remember?value=x");
            String planted = String.valueOf(attacker.cookie(SESSION));
            browser.setCookie(SESSION, planted);

            site.signIn(browser, alice);

            assertThat(browser.cookie(SESSION)).isNotEqualTo(planted);
            assertThat(attacker.get("/").body()).isEqualTo("no user");
        }

        @Test
        void sameUser_keepsTheContent() {
            browser.get("/remember?value=cart");
            site.signIn(browser, alice);
            assertThat(browser.get("/remembered").body()).isEqualTo("cart");

            site.signIn(browser, alice);
            assertThat(browser.get("/remembered").body()).isEqualTo("cart");
            assertThat(USERS.awaitSessions(alice, 1)).isOne();
        }

        @Test
        void otherUser_getsNothingOfTheFirst() {
            site.signIn(browser, alice);
            browser.get("/remember?value=secret");

            site.signIn(browser, mallory);

            assertThat(user()).isEqualTo("user " + mallory.did());
            assertThat(browser.get("/remembered").body()).isEqualTo("null");
        }

        @Test
        void logout_endsTheHttpSession() {
            site.signIn(browser, alice);
            String old = String.valueOf(browser.cookie(SESSION));
            browser.get("/remember?value=secret");

            browser.post("/oauth/logout", "");

            browser.setCookie(SESSION, old);
            assertThat(user()).isEqualTo("no user");
            assertThat(browser.get("/remembered").body()).isEqualTo("null");
        }
    }

    @Nested
    class Cookies {
        private String header(HttpResponse<?> response, String name) {
            return response.headers().allValues("Set-Cookie").stream()
                    .filter(header -> header.startsWith(name + "="))
                    .findFirst()
                    .orElseThrow();
        }

        @Test
        void areHiddenFromScriptsAndOtherSites() {
            HttpResponse<String> login = browser.post("/oauth/login", "account=" + alice.handle());
            assertThat(header(login, SIGN_IN))
                    .contains("; HttpOnly", "; SameSite=Lax", "; Path=/", "; Max-Age=1200")
                    .doesNotContain("Secure");

            String page = Browser.location(login);
            HttpResponse<String> callback =
                    browser.get(USERS.pds().authorize(URI.create(page), alice).toString());
            assertThat(header(callback, SESSION)).contains("; HttpOnly", "; SameSite=Lax");
            assertThat(header(callback, SIGN_IN)).matches(Browser::isDeletion);
        }

        @Test
        void haveNoToken() {
            site.signIn(browser, alice);

            assertThat(browser.cookies().values()).noneMatch(value -> value.contains("eyJ") || value.contains("did:"));
        }
    }

    @Nested
    class Redirects {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://evil.example.com/",
                    "//evil.example.com/",
                    "/\\evil.example.com",
                    "\\\\evil.example.com",
                    "/%0d%0aSet-Cookie:%20a=b",
                    "javascript:alert(1)",
                    "evil",
                    "/a#b",
                })
        void toOtherSites_areIgnored(String target) {
            HttpResponse<String> login =
                    browser.post("/oauth/login", "account=" + alice.handle() + "&return-to=" + target);
            String page = Browser.location(login);
            String callback = USERS.pds().authorize(URI.create(page), alice).toString();

            assertThat(Browser.location(browser.get(callback))).isEqualTo(site.url() + "/");
        }

        @Test
        void toAPageOfTheSite_areFollowed() {
            HttpResponse<String> login =
                    browser.post("/oauth/login", "account=" + alice.handle() + "&return-to=/maybe?a=b%2526c");
            String page = Browser.location(login);
            String callback = USERS.pds().authorize(URI.create(page), alice).toString();

            assertThat(Browser.location(browser.get(callback))).isEqualTo(site.url() + "/maybe?a=b%26c");
        }
    }

    @Nested
    class Concurrency {
        private List<HttpResponse<String>> atOnce(List<String> urls) throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(urls.size());
            try {
                List<Future<HttpResponse<String>>> all = new ArrayList<>();
                for (String url : urls) {
                    all.add(threads.submit(() -> browser.get(url)));
                }
                List<HttpResponse<String>> responses = new ArrayList<>();
                for (Future<HttpResponse<String>> one : all) {
                    responses.add(one.get());
                }
                return responses;
            } finally {
                threads.shutdownNow();
            }
        }

        @Test
        void severalTabs_finishTheirSignIns() {
            String first = site.authorized(browser, alice);
            String second = site.authorized(browser, mallory);

            browser.get(first);
            assertThat(user()).isEqualTo("user " + alice.did());
            browser.get(second);
            assertThat(user()).isEqualTo("user " + mallory.did());
        }

        @Test
        void sameCallback_inManyTabs_succeedsOnce() throws Exception {
            browser.get("/remember?value=x");
            String callback = site.authorized(browser, alice);

            List<HttpResponse<String>> responses = atOnce(Collections.nCopies(8, callback));

            assertThat(responses).allMatch(response -> response.statusCode() == 303);
            assertThat(USERS.pds().oauth().sessions(alice.did())).isOne();
        }

        /** Each may get an HTTP session of its own, and the browser keeps one of them. */
        @Test
        void callbacksAtOnce_succeed() throws Exception {
            browser.get("/remember?value=x");
            List<String> callbacks = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                callbacks.add(site.authorized(browser, alice));
            }

            assertThat(atOnce(callbacks)).allMatch(response -> response.statusCode() == 303);
            assertThat(user()).doesNotContain(",");
        }
    }
}
