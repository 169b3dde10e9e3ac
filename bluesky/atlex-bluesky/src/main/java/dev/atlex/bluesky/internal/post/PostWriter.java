package dev.atlex.bluesky.internal.post;

import app.bsky.feed.Post;
import com.atproto.repo.GetRecord;
import com.atproto.repo.StrongRef;
import dev.atlex.bluesky.BlueskyOptions;
import dev.atlex.bluesky.InvalidPostException;
import dev.atlex.bluesky.NewPost;
import dev.atlex.bluesky.Posted;
import dev.atlex.bluesky.internal.MissingRecord;
import dev.atlex.bluesky.internal.Parallel;
import dev.atlex.bluesky.internal.post.PostRecords.Media;
import dev.atlex.bluesky.internal.post.PostTargets.Parent;
import dev.atlex.bluesky.richtext.RichText;
import dev.atlex.client.Client;
import dev.atlex.client.RecordConflictException;
import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.data.Cid;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.RecordKey;
import dev.atlex.syntax.Tid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Creates a post or a thread, in these steps:
 *
 * <ol>
 *   <li>Check the posts. An invalid post fails before anything is sent.
 *   <li>If the caller has set a key, look for the first post under its record key. If it exists, so does the whole
 *       thread.
 *   <li>Look up mentions, the post replied to, and quoted posts.
 *   <li>Upload blobs. Until a record refers to them, servers delete them after a while, so a failure leaves nothing
 *       behind.
 *   <li>Build the records. Each part of a thread refers to the one before it by URI and CID. Both are known before the
 *       write, because the client chooses the record key and the CID is a hash of the record.
 *   <li>Write all records in one commit. The record keys make the write safe to repeat: if a response is lost, the
 *       client reads the records before it tries again.
 * </ol>
 *
 * <p>So a crash leaves either all records or none. With a key, a second run finds out which.
 */
public final class PostWriter {
    /** The maximum time by which a key's time may be ahead of the clock. */
    private static final Duration MAX_AHEAD = Duration.ofMinutes(5);

    private final Client client;
    private final BlueskyOptions options;
    private final PostTargets targets;

    /** @param client a client of the account */
    public PostWriter(Client client, BlueskyOptions options) {
        this.client = client.with(o -> o.idempotentCreates(true));
        this.options = options;
        this.targets = new PostTargets(client);
    }

    /** Creates a post, or finds it under its key. */
    public Posted post(NewPost post) {
        return thread(List.of(post)).get(0);
    }

    /**
     * Creates the reply to a notification, or finds it under its key. The time in the key comes from the service, so it
     * is in the past even if the local clock disagrees.
     */
    public Posted reply(NewPost post) {
        PostCheck.check(List.of(post));
        return write(List.of(post)).get(0);
    }

    /**
     * Creates a thread, or finds it under its key.
     *
     * @param posts the posts in reading order; only the first may have a key
     * @return the posts; if the thread already existed, its remaining posts
     */
    public List<Posted> thread(List<NewPost> posts) {
        PostCheck.check(posts);
        Tid key = posts.get(0).key();
        if (key != null) {
            checkTime(key);
        }
        return write(posts);
    }

    private List<Posted> write(List<NewPost> posts) {
        Tid key = posts.get(0).key();
        List<RecordKey> keys = new ArrayList<>();
        for (int i = 0; i < posts.size(); i++) {
            keys.add((key == null ? Tid.next() : PostKeys.part(key, i)).toRecordKey());
        }
        if (key != null && find(keys.get(0)) != null) {
            List<Posted> existing = existing(keys);
            if (!existing.isEmpty()) {
                return existing;
            }
            // The post was deleted between the two reads.
        }
        try {
            return write(posts, keys);
        } catch (XrpcException e) {
            if (key == null || !mayExist(e)) {
                throw e;
            }
            List<Posted> existing = existing(keys);
            if (!existing.isEmpty()) {
                return existing;
            }
            if (!PostDeletion.deleteGates(client, keys)) {
                throw e;
            }
            return write(posts, keys);
        }
    }

    /**
     * Returns whether a write may have failed because records exist. Another process may have created the posts in the
     * meantime, the first post of the thread may have been deleted since, or all posts may have been deleted but not
     * their gates. The reference server then returns 500.
     */
    private static boolean mayExist(XrpcException failure) {
        return failure instanceof RecordConflictException
                || failure instanceof XrpcResponseException refusal && refusal.status() == 500;
    }

    /** Servers may reject record keys with a time in the future. */
    private void checkTime(Tid key) {
        Instant now = options.clock().instant();
        if (key.toInstant().isAfter(now.plus(MAX_AHEAD))) {
            throw new InvalidPostException("post: the key's time is in the future (got " + key.toInstant() + " at "
                    + now + "); pass a time in the past");
        }
    }

    private List<Posted> write(List<NewPost> posts, List<RecordKey> keys) {
        Parallel lookups = new Parallel();
        Mentions mentions = new Mentions(client, options.mentionResolver());
        mentions.lookUp(posts, lookups);
        AtUri parentUri = posts.get(0).reply();
        Supplier<Parent> parent = parentUri == null ? null : lookups.add(() -> targets.parent(parentUri));
        List<@Nullable Supplier<StrongRef>> quotes = new ArrayList<>();
        for (NewPost post : posts) {
            AtUri quoted = post.quote();
            quotes.add(quoted == null ? null : lookups.add(() -> targets.quoted(quoted)));
        }
        lookups.run(options.parallelism());

        Parallel transfers = new Parallel();
        Uploads uploads = new Uploads(client, options, transfers);
        List<Supplier<@Nullable Media>> media = posts.stream().map(uploads::add).toList();
        transfers.run(options.parallelism());

        Batch batch = new Batch(client.requireDid(), options.clock().instant(), parent == null ? null : parent.get());
        for (int i = 0; i < posts.size(); i++) {
            NewPost post = posts.get(i);
            RichText text = post.text().resolveMentions(mentions::of, 1);
            Supplier<StrongRef> quote = quotes.get(i);
            Media attached = media.get(i).get();
            Post.Embed embed = PostRecords.embed(attached, quote == null ? null : quote.get());
            batch.add(post, keys.get(i), text, embed, attached == null ? null : attached.cardFailure());
        }
        return batch.write(client);
    }

    /** Returns the posts that exist under the keys. */
    private List<Posted> existing(List<RecordKey> keys) {
        Parallel reads = new Parallel();
        List<Supplier<@Nullable Posted>> found =
                keys.stream().map(key -> reads.add(() -> find(key))).toList();
        reads.run(options.parallelism());
        List<Posted> posts = new ArrayList<>();
        for (Supplier<@Nullable Posted> post : found) {
            Posted existing = post.get();
            if (existing != null) {
                posts.add(existing);
            }
        }
        return posts;
    }

    /** Returns the post under a key of this account, or null if there is none. */
    private @Nullable Posted find(RecordKey key) {
        try {
            GetRecord.Output found = client.getRecord(client.requireDid(), Post.RECORD.collection(), key, null)
                    .body();
            Cid cid = found.cid();
            return new Posted(uri(key), cid == null ? found.value().cid() : cid, false, List.of(), null);
        } catch (XrpcResponseException e) {
            if (MissingRecord.is(e)) {
                return null;
            }
            throw e;
        }
    }

    private AtUri uri(RecordKey key) {
        return AtUri.of(client.requireDid(), Post.RECORD.collection(), key);
    }
}
