package dev.atlex.bluesky.internal.post;

import dev.atlex.bluesky.NewPost;
import dev.atlex.bluesky.ThreadOptions;
import dev.atlex.bluesky.richtext.PartSuffix;
import dev.atlex.bluesky.richtext.RichText;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Tid;
import java.util.ArrayList;
import java.util.List;

/** Creates the posts of a thread from text and options. */
public final class ThreadText {
    private ThreadText() {}

    /** Splits text into posts, numbered if the options say so. */
    public static List<NewPost> posts(RichText text, ThreadOptions options) {
        return text
                .split(
                        RichText.MAX_POST_GRAPHEMES,
                        RichText.MAX_POST_BYTES,
                        options.numbered() ? PartSuffix.NUMBERED : PartSuffix.NONE)
                .stream()
                .map(part -> NewPost.of(p -> p.text(part)))
                .toList();
    }

    /** Returns the posts with all options applied. The first post has the thread's key. */
    public static List<NewPost> complete(List<NewPost> posts, ThreadOptions options) {
        List<NewPost> completed = new ArrayList<>();
        for (NewPost post : posts) {
            NewPost.Builder builder = post.toBuilder();
            options.each().accept(builder);
            if (completed.isEmpty()) {
                options.first().accept(builder);
                addReferences(options, builder);
            }
            completed.add(builder.build());
        }
        return completed;
    }

    private static void addReferences(ThreadOptions options, NewPost.Builder first) {
        AtUri reply = options.reply();
        if (reply != null) {
            first.reply(reply);
        }
        Tid key = options.key();
        if (key != null) {
            first.key(key);
        }
    }
}
