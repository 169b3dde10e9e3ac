package dev.atlex.examples.recipes;

import app.bsky.feed.FeedDefs.PostView;
import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.BskyUrls;
import dev.atlex.bluesky.PostedThread;
import dev.atlex.bluesky.richtext.RichText;
import dev.atlex.bluesky.richtext.RichTextBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Posts links to the last day's most-liked posts about a topic. Run it daily. */
public final class SearchDigest {
    private SearchDigest() {}

    public static void main(String[] args) {
        String topic = args.length == 0 ? "harbor" : args[0];
        try (Demo demo = Demo.start()) {
            demo.asBob(bob -> bob.like(bob.post("The harbor is open again").uri()));
            PostedThread digest = run(demo.bluesky(), topic, Instant.now());
            System.out.println(
                    digest == null
                            ? "Nothing found"
                            : "Posted " + digest.first().webUrl());
        }
    }

    static @Nullable PostedThread run(Bluesky bsky, String topic, Instant now) {
        Instant since = now.minus(Duration.ofDays(1));
        List<PostView> best = bsky.search(topic, p -> p.sort("top").since(since.toString()))
                .limit(500)
                .filter(post -> !post.author().did().equals(bsky.did()))
                .sorted(Comparator.comparing(SearchDigest::likes).reversed())
                .limit(10)
                .toList();
        if (best.isEmpty()) {
            return null;
        }
        RichTextBuilder text =
                RichText.builder().text("Today's best posts about ").text(topic + ":");
        for (PostView post : best) {
            text.text("\n• ")
                    .link(post.author().handle().toString(), BskyUrls.toWeb(post.uri()))
                    .text(" (likes: " + likes(post) + ")");
        }
        LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return bsky.thread(text.build(), t -> t.key("digest " + day + " " + topic));
    }

    private static long likes(PostView post) {
        Long likes = post.likeCount();
        return likes == null ? 0 : likes;
    }
}
