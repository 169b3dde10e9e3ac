package dev.atlex.examples.recipes;

import app.bsky.feed.FeedDefs.FeedViewPost;
import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.NewPost;
import dev.atlex.bluesky.PostedThread;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/** Continues the thread of the account's newest post with a link, a mention, a tag, two images and a card. */
final class MorningBot {
    private MorningBot() {}

    static PostedThread post(Bluesky bsky, LocalDate day, Path photo, Path chart, URI article) {
        FeedViewPost newest = bsky.authorFeed(bsky.did())
                .filter(item -> item.reason() == null)
                .findFirst()
                .orElseThrow();
        return bsky.thread(List.of(
                NewPost.of(p -> p.text("Good morning, @bob.test! More on https://example.com/news #harbor")
                        .image(photo, "The harbor at sunrise")
                        .image(chart, "Water temperatures of the week")
                        .reply(newest.post().uri())
                        .key("morning " + day)),
                NewPost.of(p -> p.text("The whole story:").card(article))));
    }
}
