package dev.atlex.examples;

import app.bsky.embed.Images;
import app.bsky.feed.FeedDefs.PostView;
import app.bsky.feed.Post;
import com.atproto.repo.CreateRecord;
import com.atproto.repo.GetRecord;
import dev.atlex.client.Client;
import dev.atlex.client.RecordEntry;
import dev.atlex.client.WriteOptions;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.data.BlobRef;
import dev.atlex.data.Bytes;
import dev.atlex.data.ReadOptions;
import dev.atlex.syntax.Datetime;
import dev.atlex.syntax.RecordKey;
import dev.atlex.syntax.Tid;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The examples of {@code docs/records-and-blobs.md} and {@code docs/errors-and-retries.md}. */
final class RecordExamples {
    private RecordExamples() {}

    @SuppressWarnings("NullAway") // a URI that the server has just returned has a record key
    static void writeAndRead(Client client) {
        CreateRecord.Output created =
                client.create(Post.RECORD, p -> p.text("Hello").createdAt(Datetime.now()));
        String rkey = created.uri().recordKey().toString();

        RecordEntry<Post> entry = client.get(Post.RECORD, rkey);
        client.update(
                Post.RECORD, rkey, post -> post.toBuilder().text("Hello, world").build());

        client.delete(Post.RECORD, rkey);
    }

    static void writeSeveral(Client client) {
        client.applyWrites(w -> w.create(Post.RECORD, p -> p.text("One").createdAt(Datetime.now()))
                .create(Post.RECORD, p -> p.text("Two").createdAt(Datetime.now())));
    }

    static @Nullable Post recordsInViews(PostView view) {
        Post post = Post.RECORD.tryFrom(view.record(), ReadOptions.LENIENT);
        return post;
    }

    static void postOnce(Client client, Post post) {
        Client once = client.with(o -> o.idempotentCreates(true));
        once.create(Post.RECORD, p -> p.text("Good morning!").createdAt(Datetime.now()));

        RecordKey key = Tid.next().toRecordKey(); // keep it, with the post
        once.create(Post.RECORD, post, WriteOptions.of(o -> o.rkey(key)));
    }

    static Bytes blobs(Client client) {
        BlobRef image = client.uploadBlob(RequestBody.ofFile(Path.of("sea.png")), "image/png");
        client.create(
                Post.RECORD,
                p -> p.text("The sea")
                        .createdAt(Datetime.now())
                        .embed(Post.Embed.of(Images.builder()
                                .images(List.of(Images.Image.builder()
                                        .image(image)
                                        .alt("The sea at dawn")
                                        .build()))
                                .build())));

        Bytes bytes = client.getBlob(client.requireDid(), image.ref());
        return bytes;
    }

    static void errors(Client client, String rkey) {
        try {
            client.get(Post.RECORD, rkey);
        } catch (XrpcResponseException e) {
            if (!e.is(GetRecord.ERROR_RECORD_NOT_FOUND)) {
                throw e;
            }
        }
    }

    static Client retries(Client client) {
        Client patient = client.with(o -> o.retries(5));
        return patient;
    }
}
