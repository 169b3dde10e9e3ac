package dev.atlex.examples;

import app.bsky.feed.Post;
import com.atproto.server.GetSession;
import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.Posted;
import dev.atlex.client.Client;
import dev.atlex.client.RecordEntry;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionEndedException;
import dev.atlex.session.SessionHooks;
import dev.atlex.session.SessionOptions;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.MutableClock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Signs in, posts, reads the post back, refreshes the expired access token, resumes the session, and signs out.
 *
 * <p>By default it uses a server inside this program. The environment variables {@code ATLEX_SERVICE},
 * {@code ATLEX_HANDLE} and {@code ATLEX_PASSWORD} select another server and account. The post is deleted at the end.
 */
public final class Quickstart {
    private final SessionOptions options = SessionOptions.of(options -> options.hooks(new PrintingHooks()));

    private Quickstart() {}

    public static void main(String[] args) {
        if (System.getenv("ATLEX_SERVICE") != null) {
            new Quickstart().run(Credentials.fromEnvironment(), null);
            return;
        }
        MutableClock clock = MutableClock.atPresent();
        try (LocalPds pds = LocalPds.start(o -> o.clock(clock))) {
            String appPassword = pds.createAppPassword(
                    pds.createAccount("alice.test", "alice-password").did(), "quickstart");
            say("Started a server at " + pds.url() + " with the account alice.test.");
            new Quickstart().run(Credentials.of(pds.url().toString(), "alice.test", appPassword), clock);
        }
    }

    private void run(Credentials credentials, @Nullable MutableClock clock) {
        step(1, "Sign in with an app password");
        PasswordSession session = PasswordSession.login(credentials, options);
        Bluesky bsky = Bluesky.of(session);
        Client client = bsky.client();
        say("Signed in as " + session.handle() + " (" + session.did() + ").");
        say("The server confirms the handle " + client.call(GetSession.QUERY).handle() + ".");

        step(2, "Post");
        Posted posted = bsky.post("Hello from Java! 👋 https://example.com #java");
        say("Posted " + posted.uri());

        step(3, "Read it back, typed");
        RecordEntry<Post> read = client.get(Post.RECORD, posted.uri());
        say("\"" + read.value().text() + "\", written " + read.value().createdAt() + ", CID " + read.cid());
        say("Parts that can be clicked: "
                + Objects.requireNonNull(read.value().facets()).size());
        say("The locally computed CID matches: " + read.value().computeCid().equals(read.cid()));

        step(4, "Refresh the access token");
        if (clock == null) {
            say("This server's access tokens are valid for hours, so this refreshes them now:");
            session.refresh();
        } else {
            clock.advance(Duration.ofHours(3));
            say("Three hours pass, and the access token expires. The next call refreshes it:");
        }
        say("Still signed in as " + client.call(GetSession.QUERY).handle() + "; posts on the first page: "
                + client.list(Post.RECORD).values().size() + ".");

        step(5, "Resume the session, as after a restart");
        SessionData saved = SessionData.parse(session.data().toJson());
        PasswordSession resumed = PasswordSession.resume(saved, options);
        say("Resumed as " + resumed.handle() + " without the password.");

        step(6, "Clean up and sign out");
        Bluesky.of(resumed).delete(posted.uri());
        resumed.logout();
        try {
            new Client(resumed).call(GetSession.QUERY);
        } catch (SessionEndedException e) {
            say("As expected, the session has ended: " + e.getMessage());
        }
        System.out.println();
        System.out.println("Done. The source is examples/src/main/java/dev/atlex/examples/Quickstart.java");
    }

    /** Prints the session's changes. A real program saves the session here, or uses a store. */
    private static final class PrintingHooks implements SessionHooks {
        @Override
        public void onUpdated(PasswordSession session, SessionData data) {
            say("   (hook: save the new tokens)");
        }

        @Override
        public void onDeleted(PasswordSession session, SessionData data) {
            say("   (hook: the session has ended; delete the saved copy)");
        }
    }

    private static void step(int number, String title) {
        System.out.println();
        System.out.println(number + ". " + title);
    }

    private static void say(String line) {
        System.out.println("   " + line);
    }
}
