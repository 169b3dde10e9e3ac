package dev.atlex.examples;

import app.bsky.embed.Images;
import app.bsky.embed.Record;
import app.bsky.feed.FeedDefs.PostView;
import java.util.List;

/** The example of {@code docs/generated-types.md} that needs Java 21. */
final class UnionExamples {
    private UnionExamples() {}

    static void lookAt(PostView post, Images.View view) {
        switch (post.embed()) {
            case PostView.Embed.ImagesView images -> show(images.value().images());
            case PostView.Embed.RecordView record -> show(record.value());
            case PostView.Embed.Unknown unknown -> log(unknown.type());
            case null, default -> {}
        }
        PostView.Embed embed = PostView.Embed.of(view);
    }

    private static void show(List<Images.ViewImage> images) {}

    private static void show(Record.View record) {}

    private static void log(String type) {}
}
