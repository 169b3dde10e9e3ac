package com.example.consumer;

import app.bsky.feed.GetTimeline;
import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.Posted;
import dev.atlex.client.LazyAgent;
import dev.atlex.session.PasswordSession;
import dev.atlex.testkit.LocalPds;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.version.VersionUtils;
import io.micronaut.runtime.server.EmbeddedServer;
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
            Map<String, Object> settings = Map.of("atlex.service", pds.url().toString());
            try (EmbeddedServer server = ApplicationContext.run(EmbeddedServer.class, settings)) {
                ApplicationContext context = server.getApplicationContext();
                LazyAgent<?> agent = context.getBean(LazyAgent.class);
                check(agent.obtained() == null, "the start without a sign-in");
                Posted posted = context.getBean(Bluesky.class).post("Hello from Micronaut! #java");
                check(agent.obtained() instanceof PasswordSession, "the sign-in at the first call");

                HttpRequest request = HttpRequest.newBuilder(server.getURI().resolve("/timeline")).build();
                HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
                check(response.headers().firstValue("content-type").orElseThrow().equals("application/json"), "the type");
                GetTimeline.Output timeline = GetTimeline.Output.CODEC.fromJson(response.body());
                check(timeline.feed().get(0).post().uri().equals(posted.uri()), "the post");
            }
        }
        System.out.println("Done: Micronaut " + VersionUtils.MICRONAUT_VERSION);
    }

    private static void check(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException("check failed: " + what);
        }
        System.out.println("  " + what + ": ok");
    }
}
