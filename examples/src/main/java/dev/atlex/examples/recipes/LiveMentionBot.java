package dev.atlex.examples.recipes;

import app.bsky.feed.Post;
import app.bsky.richtext.Facet.FeaturesItem;
import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.Posted;
import dev.atlex.streams.FailedEvent;
import dev.atlex.streams.Failure;
import dev.atlex.streams.RecordOperation;
import dev.atlex.streams.RepoStream;
import dev.atlex.syntax.Did;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Replies to each mention within a second, exactly once, even if the server or the bot restarts. */
public final class LiveMentionBot {
    private LiveMentionBot() {}

    public static void main(String[] args) {
        try (Demo demo = Demo.start();
                RepoStream posts = demo.stream(s -> s.collections(Post.RECORD)
                        .consumer("mention-bot")
                        .cursor(demo.cursors())
                        .onFailure(LiveMentionBot::onFailure))) {
            Runnable afterReply = demo.isLocal() ? posts::close : () -> {};
            demo.asBob(bob -> bob.post("Are you there, @alice.test?"));
            run(posts, demo.bluesky(), reply -> {
                System.out.println("Replied: " + reply.webUrl());
                afterReply.run();
            });
        }
    }

    /** Handles posts until the stream is closed. */
    static void run(RepoStream posts, Bluesky bsky, Consumer<Posted> onReply) {
        posts.forEach(Post.RECORD, (operation, post) -> {
            if (operation.action().equals(RecordOperation.CREATE) && mentions(post, bsky.did())) {
                onReply.accept(reply(bsky, operation));
            }
        });
    }

    /** The key makes the reply unique, because after a crash the same post may arrive again. */
    static Posted reply(Bluesky bsky, RecordOperation mention) {
        return bsky.reply(mention.uri(), r -> r.text("Hello! I am a bot.").key("reply to " + mention.uri()));
    }

    /** The mentions are in the record itself, so no request is needed for the other posts. */
    static boolean mentions(Post post, Did did) {
        return Objects.requireNonNullElse(post.facets(), List.<app.bsky.richtext.Facet>of()).stream()
                .flatMap(facet -> facet.features().stream())
                .anyMatch(feature -> feature instanceof FeaturesItem.Mention mention
                        && mention.value().did().equals(did));
    }

    /** The server may restart, and the post may have been deleted. */
    public static Failure onFailure(FailedEvent failed) {
        return failed.attempts() < 8 ? Failure.RETRY : Failure.SKIP;
    }
}
