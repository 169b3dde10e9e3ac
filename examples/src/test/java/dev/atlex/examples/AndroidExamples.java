package dev.atlex.examples;

import app.bsky.feed.GetTimeline;
import app.bsky.feed.Post;
import com.atproto.repo.CreateRecord;
import dev.atlex.data.ReadOptions;
import dev.atlex.syntax.Datetime;
import dev.atlex.syntax.Did;
import java.util.List;

/** The examples of {@code docs/frameworks/android.md}, which use neither the client nor sessions. */
final class AndroidExamples {
    private AndroidExamples() {}

    static List<String> postTexts(byte[] responseBody) {
        GetTimeline.Output timeline = GetTimeline.Output.CODEC.fromJson(responseBody, ReadOptions.LENIENT);
        return timeline.feed().stream()
                .map(item -> Post.RECORD
                        .from(item.post().record(), ReadOptions.LENIENT)
                        .text())
                .toList();
    }

    static String requestBody(Did account, String text) {
        Post post = Post.builder().text(text).createdAt(Datetime.now()).build();
        return CreateRecord.Input.builder()
                .repo(account)
                .collection(Post.RECORD.collection())
                .record(post.toLexMap())
                .build()
                .toJson();
    }
}
