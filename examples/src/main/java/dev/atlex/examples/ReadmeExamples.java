package dev.atlex.examples;

import app.bsky.actor.ActorDefs.ProfileViewDetailed;
import app.bsky.feed.GetTimeline;
import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.Posted;
import dev.atlex.client.Client;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.store.CursorStore;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.AtUri;
import java.net.URI;
import java.nio.file.Path;

/** The examples of README.md and {@code docs/getting-started.md}. */
final class ReadmeExamples {
    private ReadmeExamples() {}

    static void firstScreen(PasswordSession session, AtUri uri, String longText, Path path) {
        Bluesky bsky = Bluesky.of(session);
        bsky.post("Release 1.2 is out, thanks @alice.example.com! https://example.com #java");
        bsky.post(p -> p.text("Look").image(Path.of("photo.jpg"), "A cat").reply(uri));
        bsky.post(p -> p.text("Read this")
                .card(URI.create("https://example.com/article"))
                .langs("en"));
        bsky.thread(longText, t -> t.numbered(true));
        bsky.notifications(n -> n.reasons("mention", "reply").cursor(CursorStore.file(path)))
                .forEach(mention -> bsky.reply(mention, "Hello!"));
    }

    static void signInAndPost() {
        try (PasswordSession session =
                PasswordSession.login("https://bsky.social", "alice.bsky.social", "app-password")) {
            Bluesky bsky = Bluesky.of(session);

            ProfileViewDetailed me = bsky.profile();
            System.out.println(me.displayName() + " has " + me.followersCount() + " followers");

            Posted post = bsky.post("Hello from Java! https://example.com #java");
            System.out.println("Posted " + post.webUrl());

            bsky.timeline()
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

    static void postOnce(Bluesky bsky) {
        bsky.post(p -> p.text("Issue 7 is out").key("issue 7"));
    }

    static GetTimeline.Output callAnyMethod(Bluesky bsky) {
        Client client = bsky.client();
        GetTimeline.Output page = client.call(GetTimeline.QUERY, q -> q.limit(50));
        return page;
    }
}
