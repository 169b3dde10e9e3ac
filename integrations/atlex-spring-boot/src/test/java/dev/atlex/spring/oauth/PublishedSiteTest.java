package dev.atlex.spring.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.oauth.ClientKeys;
import dev.atlex.oauth.ClientMetadata;
import dev.atlex.testkit.TestAccount;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A published site with a context path, behind a proxy that terminates TLS. */
class PublishedSiteTest {
    private static final URI URL = URI.create("https://app.example.com/app");
    private static final String CLIENT_ID = URL + "/oauth/client-metadata.json";
    private static final ClientKeys KEYS = ClientKeys.generate();
    private static final TestUsers USERS = new TestUsers();
    private static TestSite site;

    @BeforeAll
    static void start() {
        site = TestSite.start(
                USERS,
                "server.servlet.context-path=/app",
                "atlex.oauth.site-url=" + URL + "/",
                "atlex.oauth.name=Example",
                "atlex.oauth.logo-url=https://app.example.com/logo.png",
                "atlex.oauth.keys=" + KEYS.toJson(),
                "test.catch-all=false");
        USERS.pds()
                .oauth()
                .register(
                        CLIENT_ID,
                        new Browser(site.url())
                                .get("/oauth/client-metadata.json")
                                .body());
    }

    @AfterAll
    static void stop() {
        site.close();
        USERS.close();
    }

    @AfterEach
    void reset() {
        USERS.pds().oauth().grantAll();
        USERS.pds().faults().clear();
    }

    private final TestAccount alice = USERS.create("alice");
    private final Browser browser = new Browser(site.url(), URL);

    private HttpResponse<String> signIn() {
        return browser.get(site.authorized(browser, alice));
    }

    @Test
    void metadata_isPublished() {
        HttpResponse<String> response = browser.get("/oauth/client-metadata.json");

        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        ClientMetadata metadata = ClientMetadata.fromJson(response.body());
        assertThat(metadata.clientId()).hasToString(CLIENT_ID);
        assertThat(metadata.redirectUris()).containsExactly(URI.create(URL + "/oauth/callback"));
        assertThat(metadata.isConfidential()).isTrue();
        assertThat(metadata.name()).isEqualTo("Example");
        assertThat(response.body())
                .contains(KEYS.kids().get(0), "https://app.example.com/logo.png")
                .doesNotContain("\"d\"");
    }

    @Test
    void keys_arePublished() {
        HttpResponse<String> response = browser.get("/oauth/jwks.json");

        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.body()).isEqualTo(KEYS.jwks().toJson()).doesNotContain("\"d\"");
    }

    @Test
    void userSignsInAndOut() {
        assertThat(Browser.location(signIn())).isEqualTo(URL + "/");
        assertThat(browser.get("/profile").body()).isEqualTo(alice.handle());

        assertThat(Browser.location(browser.post("/oauth/logout", ""))).isEqualTo(URL + "/");
        assertThat(browser.get("/").body()).isEqualTo("no user");
    }

    @Test
    void pageForUsers_leadsToTheSignInPageAndBack() {
        assertThat(Browser.location(browser.get("/profile?tab=posts"))).isEqualTo(URL + "/");
        assertThat(Browser.location(signIn())).isEqualTo(URL + "/profile?tab=posts");
    }

    @Test
    void failure_isShownInTheContextPath() {
        assertThat(Browser.location(browser.post("/oauth/login", "account="))).isEqualTo(URL + "/");
        assertThat(browser.get("/").body()).isEqualTo("no user, INVALID_ACCOUNT, null");
    }

    @Test
    void cookies_areSecure() {
        HttpResponse<String> login = browser.post("/oauth/login", "account=" + alice.handle());
        List<String> cookies = login.headers().allValues("Set-Cookie");
        assertThat(cookies).hasSize(1).allMatch(cookie -> cookie.startsWith("__Host-atlex-sign-in="));
        assertThat(cookies.get(0))
                .contains("; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/;")
                .doesNotContain("Domain");

        URI page = URI.create(Browser.location(login));
        HttpResponse<String> callback =
                browser.get(USERS.pds().authorize(page, alice).toString());
        assertThat(callback.headers().allValues("Set-Cookie"))
                .anyMatch(cookie -> cookie.startsWith("JSESSIONID=") && cookie.contains("; Secure"));
    }

    @Test
    void forgedHeaders_haveNoEffect() {
        HttpResponse<String> login = browser.send(browser.form("/oauth/login", "account=" + alice.handle())
                .header("Origin", "https://app.example.com")
                .header("X-Forwarded-Host", "evil.example.com")
                .header("X-Forwarded-Proto", "http")
                .header("Forwarded", "host=evil.example.com"));
        URI callback = USERS.pds().authorize(URI.create(Browser.location(login)), alice);

        assertThat(callback).hasHost("app.example.com");
        HttpResponse<String> done =
                browser.send(browser.page(callback.toString()).header("X-Forwarded-Host", "evil.example.com"));
        assertThat(Browser.location(done)).isEqualTo(URL + "/");
    }

    @Test
    void formsOfTheInternalAddress_areRefused() {
        HttpResponse<String> response = browser.send(browser.form("/oauth/login", "account=" + alice.handle())
                .header("Origin", Browser.originOf(site.url())));

        assertThat(response.statusCode()).isEqualTo(403);
    }

    @Test
    void localhost_isNotRedirected() {
        String local = site.url().toString().replace("127.0.0.1", "localhost");

        assertThat(browser.get(local + "/maybe").body()).isEqualTo("no user");
    }

    @Test
    void scopeNotGranted_isForbidden() {
        USERS.pds().oauth().grantOnly("atproto");
        signIn();

        assertThat(browser.post("/posts", "text=Hello").statusCode()).isEqualTo(403);
        assertThat(browser.get("/").body()).isEqualTo("user " + alice.did());
    }
}
