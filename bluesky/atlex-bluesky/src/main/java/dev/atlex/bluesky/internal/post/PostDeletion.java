package dev.atlex.bluesky.internal.post;

import app.bsky.feed.Post;
import com.atproto.identity.ResolveHandle;
import dev.atlex.bluesky.internal.RepeatableCalls;
import dev.atlex.client.Client;
import dev.atlex.client.WriteOptions;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.RecordKey;
import java.util.Objects;

/** Deletes posts. */
public final class PostDeletion {
    private PostDeletion() {}

    /** @throws IllegalArgumentException if the post belongs to another account */
    public static void delete(Client client, Did self, AtUri post) {
        RecordKey key = Objects.requireNonNull(post.recordKey(), "recordKey");
        AtIdentifier author = post.authority();
        Did did = author instanceof Did known
                ? known
                : client.call(ResolveHandle.QUERY, p -> p.handle((Handle) author))
                        .did();
        if (!did.equals(self)) {
            throw new IllegalArgumentException(
                    "delete: the post belongs to another account (got " + post + ", signed in as " + self + ")");
        }
        client.deleteRecord(
                Post.RECORD.collection(), key, WriteOptions.of(o -> o.call(RepeatableCalls.options(client))));
    }
}
