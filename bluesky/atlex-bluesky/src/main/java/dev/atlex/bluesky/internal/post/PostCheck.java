package dev.atlex.bluesky.internal.post;

import app.bsky.feed.Post;
import app.bsky.richtext.Facet;
import dev.atlex.bluesky.InvalidPostException;
import dev.atlex.bluesky.NewPost;
import dev.atlex.bluesky.PostImage;
import dev.atlex.bluesky.PostTooLongException;
import dev.atlex.bluesky.ReplyRules;
import dev.atlex.bluesky.internal.PublicLinks;
import dev.atlex.bluesky.internal.image.ImagePreparer;
import dev.atlex.bluesky.richtext.RichText;
import dev.atlex.data.BlobRef;
import dev.atlex.data.LexException;
import dev.atlex.data.ReadOptions;
import java.util.ArrayList;
import java.util.List;

/** Rejects invalid posts before anything is sent. */
final class PostCheck {
    private static final int MAX_IMAGES = 4;
    private static final int MAX_GALLERY = 20;
    private static final int MAX_LANGS = 3;
    private static final int MAX_TAGS = 8;
    private static final int MAX_LABELS = 10;
    private static final int MAX_REPLY_RULES = 5;

    /** The maximum number of writes in one {@code applyWrites} call. */
    private static final int MAX_WRITES = 200;

    private PostCheck() {}

    /** @throws InvalidPostException if one of the posts, or the thread that they form, is invalid */
    static void check(List<NewPost> thread) {
        if (thread.isEmpty()) {
            throw new InvalidPostException("thread: there are no posts");
        }
        int writes = 0;
        for (int i = 0; i < thread.size(); i++) {
            NewPost post = thread.get(i);
            if (i > 0) {
                refuse(post.reply() != null, "only the first post of a thread can reply to another post");
                refuse(post.replies() != null, "only the first post of a thread can restrict replies");
                refuse(post.key() != null, "a thread has one key; set it in the thread's options or on its first post");
            }
            check(post);
            writes += 1 + (post.replies() == null ? 0 : 1) + (post.quotes() ? 0 : 1);
        }
        refuse(
                writes > MAX_WRITES,
                "the thread is too long: it needs " + writes + " records, and at most " + MAX_WRITES
                        + " can be written at once; post it as several threads");
    }

    private static void check(NewPost post) {
        checkLength(post.text());
        checkLinks(post.text());
        checkMedia(post);
        refuse(
                post.text().text().isBlank() && media(post).isEmpty() && post.quote() == null,
                "there is nothing to post; add text, an image, a video, a card or a quote");
        limit("languages", post.langs().size(), MAX_LANGS);
        limit("tags", post.tags().size(), MAX_TAGS);
        refuse(post.tags().stream().anyMatch(String::isBlank), "a tag is empty (got " + post.tags() + ")");
        limit("labels", post.labels().size(), MAX_LABELS);
        ReplyRules replies = post.replies();
        if (replies != null) {
            refuse(post.reply() != null, "only the first post of a thread can restrict replies; this is a reply");
            limit("rules for replies", PostRecords.allow(replies).size(), MAX_REPLY_RULES);
        }
        checkSchema(post);
    }

    private static void checkLength(RichText text) {
        if (!text.fits(RichText.MAX_POST_GRAPHEMES, RichText.MAX_POST_BYTES)) {
            throw new PostTooLongException(text);
        }
    }

    /** Checks detected links, Markdown links, and the caller's own facets. */
    private static void checkLinks(RichText text) {
        for (Facet facet : text.facets()) {
            for (Facet.FeaturesItem feature : facet.features()) {
                if (feature instanceof Facet.FeaturesItem.Link link) {
                    checkLink(link.value().uri());
                }
            }
        }
    }

    private static void checkLink(String url) {
        String problem = PublicLinks.problem(url);
        refuse(
                problem != null,
                "a link in the text can't be posted: " + problem + " (got " + PublicLinks.quote(url) + ")");
    }

    private static void checkMedia(NewPost post) {
        List<String> media = media(post);
        refuse(
                media.size() > 1,
                "a post shows either images, a video or a card (got " + String.join(" and ", media) + ")");
        post.images().forEach(PostCheck::checkSize);
        int images = post.images().size();
        if (post.gallery()) {
            refuse(images == 0, "a gallery needs images (got none)");
            limit("images of a gallery", images, MAX_GALLERY);
        } else {
            refuse(
                    images > MAX_IMAGES,
                    "too many images (got " + images + ", the limit is " + MAX_IMAGES + "); call gallery() for up to "
                            + MAX_GALLERY + ", or post a thread");
        }
    }

    /** A server accepts an upload that is too large, but rejects the record. */
    private static void checkSize(PostImage image) {
        BlobRef blob = image.blob();
        refuse(
                blob != null && blob.size() > ImagePreparer.POST_LIMIT,
                "an uploaded image is too large (got " + (blob == null ? 0 : blob.size()) + " bytes, the limit is "
                        + ImagePreparer.POST_LIMIT + ")");
    }

    /** Returns the kinds of media that the post has. */
    private static List<String> media(NewPost post) {
        List<String> media = new ArrayList<>();
        if (!post.images().isEmpty()) {
            media.add("images");
        }
        if (post.video() != null) {
            media.add("a video");
        }
        if (post.card() != null || post.link() != null) {
            media.add("a card");
        }
        return media;
    }

    private static void limit(String what, int count, int max) {
        refuse(count > max, "too many " + what + " (got " + count + ", the limit is " + max + ")");
    }

    /** Checks the record as the server will, except for the embed, which doesn't exist yet. */
    private static void checkSchema(NewPost post) {
        try {
            Post.RECORD.from(
                    PostRecords.withoutReferences(post, post.text(), PostRecords.SOME_TIME)
                            .build()
                            .toLexMap(),
                    ReadOptions.STRICT);
        } catch (LexException e) {
            throw invalid(String.valueOf(e.getMessage()), e);
        }
    }

    private static void refuse(boolean invalid, String reason) {
        if (invalid) {
            throw new InvalidPostException("post: " + reason);
        }
    }

    private static InvalidPostException invalid(String reason, LexException cause) {
        return new InvalidPostException("post: " + reason, cause);
    }
}
