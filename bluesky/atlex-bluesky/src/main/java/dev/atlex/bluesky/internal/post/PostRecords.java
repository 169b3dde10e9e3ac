package dev.atlex.bluesky.internal.post;

import app.bsky.embed.External;
import app.bsky.embed.Gallery;
import app.bsky.embed.Images;
import app.bsky.embed.Record;
import app.bsky.embed.RecordWithMedia;
import app.bsky.embed.Video;
import app.bsky.feed.Post;
import app.bsky.feed.Postgate;
import app.bsky.feed.Threadgate;
import app.bsky.richtext.Facet;
import com.atproto.label.LabelDefs.SelfLabel;
import com.atproto.label.LabelDefs.SelfLabels;
import com.atproto.repo.StrongRef;
import dev.atlex.bluesky.NewPost;
import dev.atlex.bluesky.ReplyRules;
import dev.atlex.bluesky.card.LinkCardException;
import dev.atlex.bluesky.richtext.RichText;
import dev.atlex.syntax.AtUri;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds the records of a post from its parts. */
final class PostRecords {
    /** A placeholder time for records that are only checked. */
    static final Instant SOME_TIME = Instant.EPOCH;

    private PostRecords() {}

    /** Returns the record without the embed or the reply reference. */
    static Post.Builder withoutReferences(NewPost post, RichText text, Instant now) {
        Instant createdAt = post.createdAt();
        Post.Builder record = Post.builder().text(text.text()).createdAt(createdAt == null ? now : createdAt);
        List<Facet> facets = text.facets();
        if (!facets.isEmpty()) {
            record.facets(facets);
        }
        if (!post.langs().isEmpty()) {
            record.langs(post.langs());
        }
        if (!post.tags().isEmpty()) {
            record.tags(post.tags());
        }
        if (!post.labels().isEmpty()) {
            record.labels(Post.Labels.of(SelfLabels.builder()
                    .values(post.labels().stream()
                            .map(label -> SelfLabel.builder().val(label).build())
                            .toList())
                    .build()));
        }
        return record;
    }

    static Post.ReplyRef reply(StrongRef root, StrongRef parent) {
        return Post.ReplyRef.builder().root(root).parent(parent).build();
    }

    /** Returns the embed that shows the media and the quoted record, or null if there is neither. */
    static Post.@Nullable Embed embed(@Nullable Media media, @Nullable StrongRef quote) {
        if (quote == null) {
            return media == null ? null : media.alone();
        }
        Record quoted = Record.builder().record(quote).build();
        return media == null
                ? Post.Embed.of(quoted)
                : Post.Embed.of(RecordWithMedia.builder()
                        .record(quoted)
                        .media(media.besideQuote())
                        .build());
    }

    static Threadgate threadgate(AtUri post, ReplyRules rules, Instant createdAt) {
        return Threadgate.builder()
                .post(post)
                .allow(allow(rules))
                .createdAt(createdAt)
                .build();
    }

    static List<Threadgate.AllowItem> allow(ReplyRules rules) {
        List<Threadgate.AllowItem> allow = new ArrayList<>();
        if (rules.mentioned()) {
            allow.add(Threadgate.AllowItem.of(Threadgate.MentionRule.builder().build()));
        }
        if (rules.followers()) {
            allow.add(Threadgate.AllowItem.of(Threadgate.FollowerRule.builder().build()));
        }
        if (rules.following()) {
            allow.add(Threadgate.AllowItem.of(Threadgate.FollowingRule.builder().build()));
        }
        rules.lists()
                .forEach(list -> allow.add(Threadgate.AllowItem.of(
                        Threadgate.ListRule.builder().list(list).build())));
        return allow;
    }

    /** Returns the record that forbids quotes. */
    static Postgate postgate(AtUri post, Instant createdAt) {
        return Postgate.builder()
                .post(post)
                .embeddingRules(Postgate.EmbeddingRulesItem.of(
                        Postgate.DisableRule.builder().build()))
                .createdAt(createdAt)
                .build();
    }

    /**
     * The media of a post: either the whole embed, or the part of it beside a quote.
     *
     * @param cardFailure the reason why a card's page couldn't be read, or null
     */
    record Media(
            Post.Embed alone,
            RecordWithMedia.Media besideQuote,
            @Nullable LinkCardException cardFailure) {
        static Media of(Images images) {
            return new Media(Post.Embed.of(images), RecordWithMedia.Media.of(images), null);
        }

        static Media of(External card, @Nullable LinkCardException failure) {
            return new Media(Post.Embed.of(card), RecordWithMedia.Media.of(card), failure);
        }

        static Media of(Video video) {
            return new Media(Post.Embed.of(video), RecordWithMedia.Media.of(video), null);
        }

        static Media of(Gallery gallery) {
            return new Media(Post.Embed.of(gallery), RecordWithMedia.Media.of(gallery), null);
        }
    }
}
