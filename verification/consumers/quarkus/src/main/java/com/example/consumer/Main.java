package com.example.consumer;

import app.bsky.feed.GetTimeline;
import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.Posted;
import dev.atlex.client.LazyAgent;
import dev.atlex.session.PasswordSession;
import dev.atlex.testkit.LocalPds;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.eclipse.microprofile.config.ConfigProvider;

/** Starts a server for the application, then the application. */
@QuarkusMain
public class Main {
    public static void main(String[] args) {
        LocalPds pds = LocalPds.start(o -> o.account("alice.test", "password"));
        System.setProperty("atlex.service", pds.url().toString());
        Quarkus.run(Check.class, args);
    }

    /** Posts, and reads the timeline from the application's own endpoint. */
    static class Check implements QuarkusApplication {
        @Inject
        LazyAgent<PasswordSession> agent;

        @Inject
        Bluesky bsky;

        @Override
        public int run(String... args) throws Exception {
            check(agent.obtained() == null, "the start without a sign-in");
            Posted posted = bsky.post("Hello from Quarkus! #java");
            check(agent.obtained() != null, "the sign-in at the first call");

            int port = ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/timeline"))
                    .build();
            String json = HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .body();
            GetTimeline.Output timeline = GetTimeline.Output.CODEC.fromJson(json);
            check(timeline.feed().size() == 1, "the timeline");
            check(timeline.feed().get(0).post().uri().equals(posted.uri()), "the post");
            check(timeline.toJson().equals(json), "the JSON");
            System.out.println("Done: Quarkus " + Quarkus.class.getPackage().getImplementationVersion());
            return 0;
        }

        private static void check(boolean condition, String what) {
            if (!condition) {
                throw new IllegalStateException("check failed: " + what);
            }
            System.out.println("  " + what + ": ok");
        }
    }
}
