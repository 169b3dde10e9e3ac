package com.example.consumer;

import app.bsky.feed.GetTimeline;
import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.Posted;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.testkit.LocalPds;
import io.helidon.common.Version;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** Posts, and reads the timeline from the application's own endpoint. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
        try (LocalPds pds = LocalPds.start(o -> o.account("alice.test", "password"))) {
            Map<String, String> settings = Map.of(
                    "atlex.service", pds.url().toString(), "atlex.handle", "alice.test", "atlex.password", "password");
            Config config = Config.just(ConfigSources.create(settings)).get("atlex");
            try (Server server = new Server(config, new MemorySessionStore())) {
                check(server.agent.obtained() == null, "the start without a sign-in");
                Posted posted = Bluesky.of(server.agent).post("Hello from Helidon! #java");
                check(server.agent.obtained() instanceof PasswordSession, "the sign-in at the first call");

                URI url = URI.create("http://127.0.0.1:" + server.port() + "/timeline");
                HttpResponse<String> response = HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
                check(response.headers().firstValue("content-type").orElseThrow().equals("application/json"), "the type");
                GetTimeline.Output timeline = GetTimeline.Output.CODEC.fromJson(response.body());
                check(timeline.feed().getFirst().post().uri().equals(posted.uri()), "the post");
            }
        }
        System.out.println("Done: Helidon " + Version.VERSION);
    }

    private static void check(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException("check failed: " + what);
        }
        System.out.println("  " + what + ": ok");
    }
}
