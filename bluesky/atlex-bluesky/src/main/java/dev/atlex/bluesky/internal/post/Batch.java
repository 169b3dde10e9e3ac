package dev.atlex.bluesky.internal.post;

import app.bsky.feed.Post;
import app.bsky.feed.Postgate;
import app.bsky.feed.Threadgate;
import com.atproto.repo.CreateRecord;
import com.atproto.repo.StrongRef;
import dev.atlex.bluesky.NewPost;
import dev.atlex.bluesky.Posted;
import dev.atlex.bluesky.ReplyRules;
import dev.atlex.bluesky.card.LinkCardException;
import dev.atlex.bluesky.internal.post.PostTargets.Parent;
import dev.atlex.bluesky.richtext.RichText;
import dev.atlex.client.Client;
import dev.atlex.client.StrongRefs;
import dev.atlex.client.WriteOptions;
import dev.atlex.client.Writes;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.RecordKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The records of a thread, each referring to the one before it, and their gates. They are written in one commit. */
final class Batch {
    private final Did author;
    private final Instant now;
    private final List<Consumer<Writes>> writes = new ArrayList<>();
    private final List<Posted> posts = new ArrayList<>();
    private @Nullable Post only;

    /** The post that the next post replies to. */
    private @Nullable Parent parent;

    /**
     * @param now the creation time of posts that don't set one
     * @param parent the post that the first post replies to, or null
     */
    Batch(Did author, Instant now, @Nullable Parent parent) {
        this.author = author;
        this.now = now;
        this.parent = parent;
    }

    /** Adds the next post. */
    void add(
            NewPost post,
            RecordKey key,
            RichText text,
            Post.@Nullable Embed embed,
            @Nullable LinkCardException cardFailure) {
        // Feeds sort by time, so each post is a millisecond later than the one before it.
        Post.Builder builder = PostRecords.withoutReferences(post, text, now.plusMillis(posts.size()));
        if (embed != null) {
            builder.embed(embed);
        }
        Parent before = parent;
        if (before != null) {
            builder.reply(PostRecords.reply(before.root(), before.post()));
        }
        Post record = builder.build();
        AtUri uri = AtUri.of(author, Post.RECORD.collection(), key);
        StrongRef ref = StrongRefs.of(uri, record.computeCid());
        parent = new Parent(ref, before == null ? ref : before.root());
        only = posts.isEmpty() ? record : null;
        posts.add(new Posted(uri, ref.cid(), true, text.unresolvedMentions(), cardFailure));
        writes.add(w -> w.create(Post.RECORD, record, key));
        addGates(post, uri, key, record.createdAt().toInstant());
    }

    /** A gate has the same record key as its post. */
    private void addGates(NewPost post, AtUri uri, RecordKey key, Instant createdAt) {
        ReplyRules replies = post.replies();
        if (replies != null) {
            Threadgate gate = PostRecords.threadgate(uri, replies, createdAt);
            writes.add(w -> w.create(Threadgate.RECORD, gate, key));
        }
        if (!post.quotes()) {
            Postgate gate = PostRecords.postgate(uri, createdAt);
            writes.add(w -> w.create(Postgate.RECORD, gate, key));
        }
    }

    /** Writes the records and returns the posts. */
    List<Posted> write(Client client) {
        Post single = only;
        if (single != null && writes.size() == 1) {
            Posted post = posts.get(0);
            RecordKey key = Objects.requireNonNull(post.uri().recordKey(), "recordKey");
            CreateRecord.Output created = client.create(Post.RECORD, single, WriteOptions.of(o -> o.rkey(key)));
            return List.of(
                    new Posted(created.uri(), created.cid(), true, post.unresolvedMentions(), post.cardFailure()));
        }
        client.applyWrites(w -> writes.forEach(write -> write.accept(w)));
        return List.copyOf(posts);
    }
}
