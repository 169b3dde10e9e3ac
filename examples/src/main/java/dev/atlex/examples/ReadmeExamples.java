package dev.atlex.examples;

import app.bsky.actor.ActorDefs.ProfileViewDetailed;
import app.bsky.actor.GetProfile;
import app.bsky.feed.GetTimeline;
import app.bsky.feed.Post;
import com.atproto.repo.CreateRecord;
import dev.atlex.client.Client;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Datetime;
import java.nio.file.Path;

/** The examples of README.md and {@code docs/getting-started.md}. */
final class ReadmeExamples {
    private ReadmeExamples() {}

    static void signInAndCall() {
        try (PasswordSession session =
                PasswordSession.login("https://bsky.social", "alice.bsky.social", "app-password")) {
            Client client = new Client(session);

            ProfileViewDetailed me = client.call(GetProfile.QUERY, p -> p.actor(session.did()));
            System.out.println(me.displayName() + " has " + me.followersCount() + " followers");

            CreateRecord.Output post =
                    client.create(Post.RECORD, p -> p.text("Hello from Java!").createdAt(Datetime.now()));
            System.out.println("Posted " + post.uri());

            client.pages(GetTimeline.QUERY, p -> p.limit(50))
                    .items(GetTimeline.Output::feed)
                    .limit(100)
                    .forEach(item -> System.out.println(
                            item.post().author().handle() + ": " + item.post().likeCount()));
        }
    }

    static PasswordSession staySignedIn(String service, String handle, String appPassword) {
        SessionStore store = new FileSessionStore(Path.of("sessions")); // mode 0600, one writer at a time
        PasswordSession session = PasswordSession.open(Credentials.of(service, handle, appPassword), store);
        return session;
    }
}
