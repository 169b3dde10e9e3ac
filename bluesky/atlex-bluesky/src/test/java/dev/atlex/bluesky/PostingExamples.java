package dev.atlex.bluesky;

import dev.atlex.client.Agent;
import dev.atlex.syntax.AtUri;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The examples on the page about posting, which only have to compile. {@link FirstUseTest} runs most of them. */
final class PostingExamples {
    private PostingExamples() {}

    static void start(Agent session) {
        Bluesky bsky = Bluesky.of(session);
        bsky.post("Release 1.2 is out, thanks @alice.example.com! https://example.com #java");
    }

    static void media(Bluesky bsky, AtUri uri) {
        bsky.post(p -> p.text("Look").image(Path.of("photo.jpg"), "A cat").reply(uri));
        bsky.post(p -> p.text("Read this")
                .card(URI.create("https://example.com/article"))
                .langs("en"));
        bsky.post(p ->
                p.text("Watch").video(Path.of("clip.mp4"), v -> v.alt("…").timeout(Duration.ofMinutes(5))));
    }

    static void threads(Bluesky bsky, String text, Path chart) {
        bsky.thread(
                text,
                t -> t.numbered(true)
                        .each(p -> p.langs("en"))
                        .first(p -> p.image(chart, "Sales by month")
                                .replies(r -> r.mentioned().following())));
        bsky.thread(
                List.of(NewPost.of("First"), NewPost.of(p -> p.text("Second").image(chart, "Sales"))));
    }

    record Item(String id, String title, URI link, Instant published) {}

    static void once(Bluesky bsky, Item item) {
        Posted posted = bsky.post(p -> p.text(item.title()).card(item.link()).key(item.id(), item.published()));
        if (posted.created()) {
            System.out.println(posted.webUrl());
        }
    }

    static void tooLong(Bluesky bsky, String text) {
        try {
            bsky.post(text);
        } catch (PostTooLongException e) {
            bsky.thread(e.text(), t -> t.numbered(true));
        }
    }
}
