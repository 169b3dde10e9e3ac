package dev.atlex.examples;

import app.bsky.feed.Post;
import com.atproto.repo.CreateRecord;
import com.atproto.server.GetSession;
import dev.atlex.client.Client;
import dev.atlex.client.RecordEntry;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionEndedException;
import dev.atlex.session.SessionHooks;
import dev.atlex.session.SessionOptions;
import dev.atlex.syntax.Datetime;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.MutableClock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Signs in, posts, reads the post back, outlives its access token, resumes, and signs out.
 *
 * <p>Without settings it does so on a server inside this program. The environment's {@code ATLEX_SERVICE},
 * {@code ATLEX_HANDLE} and {@code ATLEX_PASSWORD} name another server and account; the post is deleted again there.
 */
public final class Quickstart {
    private final SessionOptions options = SessionOptions.of(options -> options.hooks(new Narrator()));

    private Quickstart() {}

    public static void main(String[] args) {
        String service = System.getenv("ATLEX_SERVICE");
        if (service != null) {
            String handle = Objects.requireNonNull(System.getenv("ATLEX_HANDLE"), "ATLEX_HANDLE is not set");
            String password = Objects.requireNonNull(System.getenv("ATLEX_PASSWORD"), "ATLEX_PASSWORD is not set");
            new Quickstart().run(Credentials.of(service, handle, password), null);
            return;
        }
        MutableClock clock = MutableClock.atPresent();
        try (LocalPds pds = LocalPds.start(o -> o.clock(clock))) {
            String appPassword = pds.createAppPassword(
                    pds.createAccount("alice.test", "alice-password").did(), "quickstart");
            say("A server of our own runs at " + pds.url() + ", with an account for alice.test.");
            new Quickstart().run(Credentials.of(pds.url().toString(), "alice.test", appPassword), clock);
        }
    }

    private void run(Credentials credentials, @Nullable MutableClock clock) {
        step(1, "Sign in with an app password");
        PasswordSession session = PasswordSession.login(credentials, options);
        Client client = new Client(session);
        say("Signed in as " + session.handle() + ", who is " + session.did() + ".");
        say("The server calls us " + client.call(GetSession.QUERY).handle() + " too.");

        step(2, "Post");
        CreateRecord.Output created = client.create(
                Post.RECORD, post -> post.text("Hello from Java! 👋").createdAt(Datetime.now()));
        say("Posted " + created.uri());

        step(3, "Read it back, typed");
        String rkey = Objects.requireNonNull(created.uri().recordKey()).toString();
        RecordEntry<Post> read = client.get(Post.RECORD, rkey);
        say("\"" + read.value().text() + "\", written " + read.value().createdAt() + ", CID " + read.cid());
        say("Its CID computed here is the same: " + read.value().computeCid().equals(read.cid()));

        step(4, "Outlive the access token");
        if (clock == null) {
            say("This server's tokens live for hours; instead of waiting, we ask for new ones now.");
            session.refresh();
        } else {
            clock.advance(Duration.ofHours(3));
            say("Three hours go by at the server: the token has expired. We just go on calling:");
        }
        say("The server calls us " + client.call(GetSession.QUERY).handle() + " still, and has "
                + client.list(Post.RECORD).values().size() + " post(s) of ours.");

        step(5, "Resume in another run of the program");
        SessionData saved = SessionData.parse(session.data().toJson());
        PasswordSession resumed = PasswordSession.resume(saved, options);
        say("Going on as " + resumed.handle() + ", without the password. Prints safely: " + saved.did() + ".");

        step(6, "Clean up and sign out");
        new Client(resumed).delete(Post.RECORD, rkey);
        resumed.logout();
        try {
            new Client(resumed).call(GetSession.QUERY);
        } catch (SessionEndedException e) {
            say("As it should be: " + e.getMessage());
        }
        System.out.println();
        System.out.println("Done. The program is examples/src/main/java/dev/atlex/examples/Quickstart.java");
    }

    /** Says what happens to the session; a program that runs again would save it here. */
    private static final class Narrator implements SessionHooks {
        @Override
        public void onUpdated(PasswordSession session, SessionData data) {
            say("   (hook: the session has new tokens; save them)");
        }

        @Override
        public void onDeleted(PasswordSession session, SessionData data) {
            say("   (hook: the session is over; forget it)");
        }
    }

    private static void step(int number, String what) {
        System.out.println();
        System.out.println(number + ". " + what);
    }

    private static void say(String what) {
        System.out.println("   " + what);
    }
}
