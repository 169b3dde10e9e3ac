package com.example.consumer;

import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Uses the application over HTTP. */
final class Checks {
    private static final String DRAFT = "{\"$type\":\"app.bsky.feed.post\",\"text\":\"\\u003c/script> é\","
            + "\"createdAt\":\"2026-01-01T12:00:00.000000Z\",\"com.example.more\":{\"n\":1}}";

    /** The last response, for the message of a failed check. */
    private static String last = "nothing";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;

    Checks(String base) {
        this.base = base;
    }

    void run(LocalPds pds, TestAccount alice) throws Exception {
        HttpResponse<String> unused = get("/actuator/health/atlex");
        check(unused.statusCode() == 200 && unused.body().contains("\"UNKNOWN\""), "health before the first use");

        HttpResponse<String> post = post("/posts?text=Hello+from+Spring+Boot", "");
        check(post.body().startsWith("{\"uri\":\"at://" + alice.did() + "/app.bsky.feed.post/"), "the post's reference");
        HttpResponse<String> profile = get("/profiles/" + alice.handle());
        check(profile.body().contains("\"handle\":\"alice.test\"") && profile.body().contains("\"postsCount\":1"), "the profile");

        HttpResponse<String> draft = post("/drafts", DRAFT);
        check(draft.body().equals(DRAFT.replace("\\u003c", "<")), "a record with unknown fields, byte for byte");
        check(post("/drafts", DRAFT.replace("2026", "nope")).statusCode() == 400, "an invalid record");
        check(get("/profiles/not_a_handle").statusCode() == 400, "an invalid handle");

        boolean virtual = Runtime.version().feature() >= 21;
        check(get("/thread").body().startsWith("VirtualThread") == virtual, "virtual threads from Java 21");

        HttpResponse<String> used = get("/actuator/health/atlex");
        check(used.statusCode() == 200 && used.body().contains("\"UP\""), "health after the first use");
        HttpResponse<String> calls = get("/actuator/metrics/atlex.call?tag=nsid:com.atproto.repo.createRecord");
        check(calls.body().contains("\"COUNT\",\"value\":1.0"), "the metric of calls");
        HttpResponse<String> signIns = get("/actuator/metrics/atlex.session.logins");
        check(signIns.body().contains("\"COUNT\",\"value\":1.0"), "the metric of sign-ins");

        pds.takedown(alice.did());
        pds.expireAccessTokens();
        check(post("/posts?text=Too+late", "").statusCode() == 500, "a call after the takedown");
        HttpResponse<String> down = get("/actuator/health/atlex");
        check(down.statusCode() == 503 && down.body().contains("takendown"), "health after the takedown");
        check(!down.body().contains(alice.password()) && !down.body().contains("eyJ"), "health without secrets");
        check(get("/actuator/health").statusCode() == 503, "health of the application");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(base + path)));
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        last = response.statusCode() + " " + response.body();
        return response;
    }

    static void check(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException("check failed: " + what + "; the last response was " + last);
        }
        System.out.println("  " + what + ": ok");
    }
}
