package dev.atlex.examples.recipes;

import app.bsky.feed.Post;
import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.BlueskyOptions;
import dev.atlex.client.Agent;
import dev.atlex.client.ListedRecord;
import dev.atlex.client.RecordPage;
import dev.atlex.session.ratelimit.RateLimiter;
import dev.atlex.syntax.AtUri;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Deletes posts older than a given time, no faster than the server's rate limits allow. */
public final class BulkDelete {
    private BulkDelete() {}

    public static void main(String[] args) {
        try (Demo demo = Demo.start()) {
            Instant before = Instant.parse(demo.isLocal() ? "2026-01-01T00:00:00Z" : args[0]);
            if (demo.isLocal()) {
                demo.bluesky().post(p -> p.text("An old post").createdAt(before.minusSeconds(1)));
                demo.bluesky().post("A new post");
            }
            Agent limited = RateLimiter.create().wrap(demo.session());
            System.out.println("Deleted posts: " + run(limited, before));
        }
    }

    static int run(Agent session, Instant before) {
        Bluesky bsky = Bluesky.of(session, BlueskyOptions.of(o -> o.call(c -> c.timeout(Duration.ofDays(1)))));
        List<AtUri> old = bsky.client()
                .listAll(Post.RECORD, o -> o.limit(100))
                .items(RecordPage::records)
                .filter(post -> isBefore(post, before))
                .map(post -> post.uri())
                .toList();
        old.forEach(bsky::delete);
        return old.size();
    }

    private static boolean isBefore(ListedRecord<Post> post, Instant time) {
        return post instanceof ListedRecord.Valid<Post> valid
                && valid.value().createdAt().toInstant().isBefore(time);
    }
}
