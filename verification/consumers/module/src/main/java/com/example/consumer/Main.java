package com.example.consumer;

import app.bsky.actor.GetProfile;
import app.bsky.feed.GetTimeline;
import app.bsky.feed.Post;
import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.Posted;
import dev.atlex.client.Client;
import dev.atlex.installer.LexiconInstaller;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionOptions;
import dev.atlex.session.store.SessionStore;
import dev.atlex.session.postgres.PostgresSessionStore;
import dev.atlex.micrometer.SessionMetrics;
import dev.atlex.syntax.Datetime;
import dev.atlex.testkit.LocalPds;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Objects;
import javax.sql.DataSource;

/** Signs in to a server in this process, writes a post and a note about it, and reads both. */
public final class Main {
    private Main() {}

    /** @param args ignored */
    public static void main(String[] args) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        SessionOptions options = SessionOptions.of(o -> o.listener(new SessionMetrics(registry)));
        try (LocalPds pds = LocalPds.start(o -> o.account("alice.test", "password"));
                PasswordSession session = PasswordSession.login(
                        Credentials.of(pds.url().toString(), "alice.test", "password"), options)) {
            Bluesky bsky = Bluesky.of(session);
            Posted posted = bsky.post("Hello from a module! #java");
            Client client = new Client(session);
            Note note = Note.builder()
                    .text("A note on it")
                    .about(posted.ref())
                    .createdAt(Datetime.now())
                    .build();
            client.create(Note.RECORD, note);

            Post post = client.get(Post.RECORD, posted.uri()).value();
            check(post.facets() != null && post.facets().size() == 1, "the post");
            check(bsky.timeline().count() == 1, "the feed");
            check(client.list(Note.RECORD).values().contains(note), "the note");
            check(client.call(GetTimeline.QUERY, p -> p.limit(1L)).feed().size() == 1, "the timeline");
            check(client.call(GetProfile.QUERY, p -> p.actor(session.did())).displayName() == null, "the profile");
            check(registry.get("atlex.session.logins").counter().count() == 1, "the meter");
        }
        check(Objects.equals(Main.class.getModule().getName(), "com.example.consumer"), "the module");
        check(ModuleLayer.boot().findModule("org.junit.jupiter.api").isEmpty(), "no JUnit");
        System.out.println("Done: module");
    }

    /** Only has to compile. The application provides the database driver. */
    static SessionStore store(DataSource database) {
        return PostgresSessionStore.create(database);
    }

    /** Uses a type from a module that isn't used elsewhere. */
    static String installer() {
        return LexiconInstaller.class.getName();
    }

    private static void check(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException("check failed: " + what);
        }
        System.out.println("  " + what + ": ok");
    }
}
