package dev.atlex.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.bluesky.Posted;
import dev.atlex.oauth.Browser;
import dev.atlex.oauth.ClientKeys;
import dev.atlex.oauth.ClientMetadata;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.syntax.Handle;
import java.io.IOException;
import java.net.CookieHandler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The recipes that sign in with OAuth. */
class OAuthRecipesTest {
    private final OAuthDemo demo = new OAuthDemo();

    @AfterEach
    void close() {
        demo.close();
    }

    private int sessions() {
        return demo.pds().oauth().sessions(demo.alice().did());
    }

    @Nested
    class CommandLine {
        private final List<URI> opened = new ArrayList<>();
        private final OAuthClient client = demo.client(ClientMetadata.loopback(OAuthSignIn.SCOPES));
        private final Browser browser = url -> {
            opened.add(url);
            demo.browser().open(url);
        };

        private Posted post(String text) {
            return OAuthSignIn.post(client, Handle.of("alice.test"), browser, text);
        }

        @Test
        void firstRunSignsIn_laterRunsDoNot() {
            post("First");
            post("Second");

            assertThat(demo.pds().records(demo.alice().did(), "app.bsky.feed.post"))
                    .hasSize(2);
            assertThat(opened).hasSize(1);
        }

        @Test
        void endedSession_isReplaced() {
            post("First");
            demo.pds().oauth().revokeSessions(demo.alice().did());
            post("Second");

            assertThat(opened).hasSize(2);
            assertThat(sessions()).isOne();
        }
    }

    @Nested
    class Web {
        private final WebSite site;
        private final HttpClient browser = browser();

        Web() throws IOException {
            site = WebSite.local();
            URI callback = site.url().resolve("/oauth/callback");
            new WebSignIn(demo.client(ClientMetadata.loopback(WebSignIn.SCOPES, callback))).serve(site);
        }

        @AfterEach
        void stop() {
            site.close();
        }

        private HttpClient browser() {
            return HttpClient.newBuilder().cookieHandler(new Cookies()).build();
        }

        private HttpResponse<String> get(HttpClient client, String url) throws Exception {
            return client.send(HttpRequest.newBuilder(site.url().resolve(url)).build(), BodyHandlers.ofString());
        }

        private HttpResponse<String> post(HttpClient client, String path, String form, URI origin) throws Exception {
            return client.send(
                    HttpRequest.newBuilder(site.url().resolve(path))
                            .header("Origin", origin.toString())
                            .POST(BodyPublishers.ofString(form))
                            .build(),
                    BodyHandlers.ofString());
        }

        /** Starts a sign-in, and returns the URI to which the server sends the user back. */
        private URI authorized(HttpClient client) throws Exception {
            HttpResponse<String> login = post(client, "/login", "account=alice.test", site.url());
            assertThat(login.statusCode()).isEqualTo(303);
            return demo.pds().authorize(location(login), demo.alice());
        }

        private URI location(HttpResponse<?> response) {
            return URI.create(response.headers().firstValue("Location").orElseThrow());
        }

        private void signIn(HttpClient client) throws Exception {
            HttpResponse<String> callback = get(client, authorized(client).toString());
            assertThat(callback.statusCode()).as(callback.body()).isEqualTo(303);
            assertThat(location(callback)).hasToString("/");
        }

        @Test
        void userSignsInAndOut() throws Exception {
            assertThat(get(browser, "/").body()).contains("Sign in").doesNotContain("alice.test");

            signIn(browser);
            assertThat(get(browser, "/").body())
                    .contains("@alice.test, followers: 0")
                    .contains("Sign out");
            assertThat(get(browser(), "/").body()).contains("Sign in");

            assertThat(location(post(browser, "/logout", "", site.url()))).hasToString("/");
            assertThat(get(browser, "/").body()).contains("Sign in");
            assertThat(sessions()).isZero();
        }

        @Test
        void logout_endsTheSessionInAllBrowsers() throws Exception {
            HttpClient phone = browser();
            signIn(browser);
            signIn(phone);
            assertThat(get(browser, "/").body()).contains("@alice.test");

            post(phone, "/logout", "", site.url());
            signIn(phone);

            assertThat(get(browser, "/").body()).contains("Sign in");
        }

        @Test
        void revokedSession_asksTheUserToSignIn() throws Exception {
            signIn(browser);
            demo.pds().oauth().revokeSessions(demo.alice().did());

            assertThat(get(browser, "/").body()).contains("Sign in");
            assertThat(get(browser, "/").statusCode()).isEqualTo(200);
        }

        @Test
        void callback_inAnotherBrowser_isRefused() throws Exception {
            URI callback = authorized(browser());

            HttpResponse<String> response = get(browser, callback.toString());

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(get(browser, "/").body()).contains("Sign in");
            assertThat(sessions()).isZero();
        }

        @Test
        void callback_worksOnce() throws Exception {
            URI callback = authorized(browser);
            assertThat(get(browser, callback.toString()).statusCode()).isEqualTo(303);

            assertThat(get(browser, callback.toString()).statusCode()).isEqualTo(400);
            assertThat(get(browser, "/").body()).contains("@alice.test");
        }

        @Test
        void userCookie_isNewAfterEachSignIn() throws Exception {
            HttpResponse<String> first = get(browser, authorized(browser).toString());
            HttpResponse<String> second = get(browser, authorized(browser).toString());

            assertThat(userCookie(second)).isNotEqualTo(userCookie(first));
            HttpRequest old = HttpRequest.newBuilder(site.url())
                    .header("Cookie", userCookie(first))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(old, BodyHandlers.ofString())
                            .body())
                    .contains("Sign in");
        }

        private String userCookie(HttpResponse<?> response) {
            String cookie = response.headers().allValues("Set-Cookie").stream()
                    .filter(header -> header.startsWith("user="))
                    .findFirst()
                    .orElseThrow();
            assertThat(cookie).contains("; HttpOnly; SameSite=Lax;");
            return cookie.substring(0, cookie.indexOf(';'));
        }

        @Test
        void formOfAnotherSite_isRefused() throws Exception {
            signIn(browser);

            assertThat(post(browser, "/logout", "", URI.create("https://evil.example.com"))
                            .statusCode())
                    .isEqualTo(404);
            assertThat(get(browser, "/").body()).contains("@alice.test");
        }

        @Test
        void refusal_isShown() throws Exception {
            URI page = location(post(browser, "/login", "account=alice.test", site.url()));

            HttpResponse<String> response = get(browser, demo.pds().deny(page).toString());

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).contains("access_denied").contains("Back");
        }

        @Test
        void unusableInput_isShownAsText() throws Exception {
            HttpResponse<String> response =
                    post(browser, "/login", "account=%3Cscript%3Ealert(1)%3C/script%3E", site.url());

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).contains("&lt;script").doesNotContain("<script");
        }

        @Test
        void unknownPage_isReported() throws Exception {
            assertThat(get(browser, "/other").statusCode()).isEqualTo(404);
        }
    }

    /** The cookies of a browser. The JDK's CookieManager sends those with Max-Age in a form that no browser uses. */
    private static final class Cookies extends CookieHandler {
        private final Map<String, String> cookies = new TreeMap<>();

        @Override
        public Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) {
            return cookies.isEmpty()
                    ? Map.of()
                    : Map.of(
                            "Cookie",
                            List.of(cookies.entrySet().stream()
                                    .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                                    .collect(Collectors.joining("; "))));
        }

        @Override
        public void put(URI uri, Map<String, List<String>> headers) {
            headers.forEach((name, values) -> {
                if (name.equalsIgnoreCase("Set-Cookie")) {
                    values.forEach(this::set);
                }
            });
        }

        private void set(String header) {
            String[] cookie = header.split(";")[0].split("=", 2);
            if (header.contains("; Max-Age=0")) {
                cookies.remove(cookie[0]);
            } else {
                cookies.put(cookie[0], cookie[1]);
            }
        }
    }

    /** The site as it is deployed: with keys, published metadata, and a proxy that terminates TLS. */
    @Test
    void publishedSite_servesItsMetadataAndSignsIn() throws Exception {
        URI url = URI.create("https://app.example.com");
        ClientKeys keys = ClientKeys.generate();
        OAuthClient client = OAuthClient.of(
                new MemorySessionStore(),
                o -> o.metadata(WebSignIn.published(url)).keys(keys).identity(demo.identity()));
        try (WebSite site = WebSite.behindProxy(url, 0)) {
            new WebSignIn(client).serve(site);
            HttpClient proxy = HttpClient.newHttpClient();
            URI local = URI.create("http://127.0.0.1:" + site.port());
            String metadata = proxy.send(
                            HttpRequest.newBuilder(local.resolve("/oauth-client-metadata.json"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            demo.pds().oauth().register(url + "/oauth-client-metadata.json", metadata);

            HttpResponse<Void> login = proxy.send(
                    HttpRequest.newBuilder(local.resolve("/login"))
                            .header("Origin", url.toString())
                            .POST(BodyPublishers.ofString("account=alice.test"))
                            .build(),
                    BodyHandlers.discarding());
            String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
            assertThat(cookie).startsWith("__Host-sign-in=").endsWith("; Secure");
            URI page = URI.create(login.headers().firstValue("Location").orElseThrow());
            URI callback = demo.pds().authorize(page, demo.alice());
            assertThat(callback).hasHost("app.example.com");
            HttpResponse<String> done = proxy.send(
                    HttpRequest.newBuilder(local.resolve("/oauth/callback?" + callback.getRawQuery()))
                            .header("Cookie", cookie.substring(0, cookie.indexOf(';')))
                            .build(),
                    BodyHandlers.ofString());

            assertThat(done.statusCode()).as(done.body()).isEqualTo(303);
            assertThat(client.accounts()).containsExactly(demo.alice().did());
        }
    }
}
