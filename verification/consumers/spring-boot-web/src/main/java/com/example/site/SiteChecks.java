package com.example.site;

import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Uses the site over HTTP, with a browser for each of two users. */
final class SiteChecks {
    private final String url;
    private final LocalPds pds;

    SiteChecks(String url, LocalPds pds) {
        this.url = url;
        this.pds = pds;
    }

    void run(TestAccount alice, TestAccount bob) throws Exception {
        HttpClient first = browser();
        HttpClient second = browser();
        check(get(first, "/").contains("Your handle"), "the sign-in page");
        signIn(first, alice);
        signIn(second, bob);
        check(get(first, "/").contains("alice.test"), "the page of the first user");
        check(get(second, "/").contains("bob.test"), "the page of the second user");

        post(first, "/posts", "text", "Hello <script>alert(1)</script> from Spring");
        String page = get(first, "/");
        check(page.contains("Hello &lt;script&gt;"), "a post, in which HTML is text");
        check(pds.records(alice.did(), "app.bsky.feed.post").size() == 1, "the record of the post");
        check(pds.records(bob.did(), "app.bsky.feed.post").isEmpty(), "no record of the other user");
        post(first, "/posts", "text", "x".repeat(301));
        check(get(first, "/").contains("class=\"problem\""), "a post that is too long");

        pds.oauth().revokeSessions(bob.did());
        check(get(second, "/").contains("Your session has ended"), "the end of a revoked session");
        post(first, "/oauth/logout", "", "");
        check(get(first, "/").contains("Your handle"), "signing out");
        signIn(first, bob);
        check(get(first, "/").contains("bob.test"), "another user in the same browser");
        signIn(second, alice);
    }

    /** Creates a client for each user, because the cookies of the loopback address are shared by all ports. */
    private static HttpClient browser() {
        return HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    private void signIn(HttpClient browser, TestAccount account) throws Exception {
        URI page = location(post(browser, "/oauth/login", "account", account.handle()));
        URI callback = pds.authorize(page, account);
        HttpResponse<String> done = send(browser, HttpRequest.newBuilder(callback));
        check(location(done).toString().equals(url + "/"), "the callback of " + account.handle());
    }

    private static URI location(HttpResponse<?> response) {
        return URI.create(response.headers().firstValue("Location").orElse("none"));
    }

    /** Loads a page, and follows one redirect. */
    private String get(HttpClient browser, String path) throws Exception {
        HttpResponse<String> response = send(browser, HttpRequest.newBuilder(URI.create(url + path)));
        return response.statusCode() == 303 ? get(browser, location(response).getPath()) : response.body();
    }

    private HttpResponse<String> post(HttpClient browser, String path, String name, String value) throws Exception {
        String form = name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
        return send(
                browser,
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("Origin", url)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private static HttpResponse<String> send(HttpClient browser, HttpRequest.Builder request) throws Exception {
        return browser.send(request.header("Accept", "text/html").build(), HttpResponse.BodyHandlers.ofString());
    }

    static void check(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException("check failed: " + what);
        }
        System.out.println("  " + what + ": ok");
    }
}
