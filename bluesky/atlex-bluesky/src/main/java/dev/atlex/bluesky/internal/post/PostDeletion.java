package dev.atlex.bluesky.internal.post;

import app.bsky.feed.Post;
import app.bsky.feed.Postgate;
import app.bsky.feed.Threadgate;
import com.atproto.identity.ResolveHandle;
import com.atproto.repo.DeleteRecord;
import dev.atlex.bluesky.internal.RepeatableCalls;
import dev.atlex.client.Client;
import dev.atlex.client.WriteOptions;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import java.util.List;
import java.util.Objects;

/** Deletes posts. */
public final class PostDeletion {
    private PostDeletion() {}

    /** @throws IllegalArgumentException if the post belongs to a different account */
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
        delete(client, Post.RECORD.collection(), key);
    }

    /**
     * Deletes the gates of posts that don't exist. Apps delete a post but not its gates, which then prevent a new post
     * under the same key.
     *
     * @return whether there were any gates to delete
     */
    static boolean deleteGates(Client client, List<RecordKey> posts) {
        boolean deleted = false;
        for (RecordKey key : posts) {
            for (Nsid gate : List.of(Threadgate.RECORD.collection(), Postgate.RECORD.collection())) {
                deleted |= delete(client, gate, key).commit() != null;
            }
        }
        return deleted;
    }

    private static DeleteRecord.Output delete(Client client, Nsid collection, RecordKey key) {
        return client.deleteRecord(collection, key, WriteOptions.of(o -> o.call(RepeatableCalls.options(client))))
                .body();
    }
}
