package dev.atlex.spring.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.testkit.TestAccount;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
        assertThat(browser.get("/").body()).startsWith("nobody");

        HttpResponse<String> callback = browser.get(site.authorized(browser, alice));
        assertThat(Browser.location(callback)).isEqualTo(site.url() + "/");
        assertThat(callback.statusCode()).isEqualTo(303);

        assertThat(browser.get("/").body()).isEqualTo("user " + alice.did() + " null");
        assertThat(browser.get("/profile").body()).isEqualTo(alice.handle());
        assertThat(browser.get("/current").body()).isEqualTo(alice.did().toString());
        assertThat(browser.get("/maybe").body()).isEqualTo("somebody");
        assertThat(browser.post("/posts", "text=Hello").body()).startsWith("at://" + alice.did());

        assertThat(Browser.location(browser.post("/oauth/logout", ""))).isEqualTo(site.url() + "/");
        assertThat(browser.get("/").body()).startsWith("nobody");
        assertThat(USERS.pds().oauth().sessions(alice.did())).isZero();
    }
}
