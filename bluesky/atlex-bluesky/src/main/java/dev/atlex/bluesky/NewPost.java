package dev.atlex.bluesky;

import dev.atlex.bluesky.card.LinkCard;
import dev.atlex.bluesky.internal.PostUris;
import dev.atlex.bluesky.internal.PublicLinks;
import dev.atlex.bluesky.internal.Typos;
import dev.atlex.bluesky.internal.post.PostKeys;
import dev.atlex.bluesky.richtext.RichText;
import dev.atlex.bluesky.video.VideoOptions;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.LanguageTag;
import dev.atlex.syntax.Tid;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A post to create, with its text, media, references to other posts, and reply rules. Immutable.
 *
 * <p>{@link Bluesky#post(Consumer)} builds and posts it in one step. Limits and combinations are checked then, before
 * anything is sent.
 *
 * @see <a href="https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json">Lexicon:
 *     app.bsky.feed.post</a>
 */
public final class NewPost {
    private final RichText text;
    private final List<PostImage> images;
    private final boolean gallery;
    private final @Nullable URI link;
    private final @Nullable LinkCard card;
    private final @Nullable PostVideo video;
    private final @Nullable AtUri reply;
    private final @Nullable AtUri quote;
    private final List<LanguageTag> langs;
    private final List<String> tags;
    private final List<String> labels;
    private final @Nullable ReplyRules replies;
    private final boolean quotes;
    private final @Nullable Instant createdAt;
    private final @Nullable Tid key;

    private NewPost(Builder builder) {
        this.text = builder.text;
        this.images = List.copyOf(builder.images);
        this.gallery = builder.gallery;
        this.link = builder.link;
        this.card = builder.card;
        this.video = builder.video;
        this.reply = builder.reply;
        this.quote = builder.quote;
        this.langs = List.copyOf(builder.langs);
        this.tags = List.copyOf(builder.tags);
        this.labels = List.copyOf(builder.labels);
        this.replies = builder.replies;
        this.quotes = builder.quotes;
        this.createdAt = builder.createdAt;
        this.key = builder.key;
    }

    /** Returns a post whose content the function sets, such as {@code p -> p.text("Hello").langs("en")}. */
    public static NewPost of(Consumer<? super Builder> post) {
        Builder builder = new Builder();
        post.accept(builder);
        return builder.build();
    }

    /** Returns a post with this text. Links, tags and mentions are detected automatically. */
    public static NewPost of(String text) {
        return of(post -> post.text(text));
    }

    /** Returns a builder that starts with this post. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.text = text;
        builder.images.addAll(images);
        builder.gallery = gallery;
        builder.link = link;
        builder.card = card;
        builder.video = video;
        builder.reply = reply;
        builder.quote = quote;
        builder.langs = langs;
        builder.tags = tags;
        builder.labels = labels;
        builder.replies = replies;
        builder.quotes = quotes;
        builder.createdAt = createdAt;
        builder.key = key;
        return builder;
    }

    /** Returns the text; empty if there is none. */
    public RichText text() {
        return text;
    }

    /** Returns the images. */
    public List<PostImage> images() {
        return images;
    }

    /** Returns whether the images form a gallery, which may have up to 20. */
    public boolean gallery() {
        return gallery;
    }

    /** Returns the page to fetch a card for, or null if there is none. */
    public @Nullable URI link() {
        return link;
    }

    /** Returns the link card, or null if there is none or it has yet to be {@linkplain #link() fetched}. */
    public @Nullable LinkCard card() {
        return card;
    }

    /** Returns the video, or null if there is none. */
    public @Nullable PostVideo video() {
        return video;
    }

    /** Returns the post to reply to, or null if there is none. */
    public @Nullable AtUri reply() {
        return reply;
    }

    /** Returns the post to quote, or null if there is none. */
    public @Nullable AtUri quote() {
        return quote;
    }

    /** Returns the languages of the text. */
    public List<LanguageTag> langs() {
        return langs;
    }

    /** Returns the tags that aren't part of the text. */
    public List<String> tags() {
        return tags;
    }

    /** Returns the content warnings. */
    public List<String> labels() {
        return labels;
    }

    /** Returns the rules for replies, or null if everyone may reply. */
    public @Nullable ReplyRules replies() {
        return replies;
    }

    /** Returns whether others may quote the post. */
    public boolean quotes() {
        return quotes;
    }

    /** Returns the post's timestamp, or null to use the time when it is created. */
    public @Nullable Instant createdAt() {
        return createdAt;
    }

    /** Returns the record key, or null to generate one. */
    public @Nullable Tid key() {
        return key;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NewPost that
                && text.equals(that.text)
                && images.equals(that.images)
                && gallery == that.gallery
                && Objects.equals(link, that.link)
                && Objects.equals(card, that.card)
                && Objects.equals(video, that.video)
                && Objects.equals(reply, that.reply)
                && Objects.equals(quote, that.quote)
                && langs.equals(that.langs)
                && tags.equals(that.tags)
                && labels.equals(that.labels)
                && Objects.equals(replies, that.replies)
                && quotes == that.quotes
                && Objects.equals(createdAt, that.createdAt)
                && Objects.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, link, reply, quote, createdAt, key);
    }

    /** Returns a string that shows only the parts that are set. */
    @Override
    public String toString() {
        StringJoiner shown = new StringJoiner(", ", "NewPost[", "]");
        shown.add("text=" + text.text());
        add(shown, "images", images.isEmpty() ? null : images);
        add(shown, "gallery", gallery ? true : null);
        add(shown, "link", link);
        add(shown, "card", card);
        add(shown, "video", video);
        add(shown, "reply", reply);
        add(shown, "quote", quote);
        add(shown, "langs", langs.isEmpty() ? null : langs);
        add(shown, "tags", tags.isEmpty() ? null : tags);
        add(shown, "labels", labels.isEmpty() ? null : labels);
        add(shown, "replies", replies);
        add(shown, "quotes", quotes ? null : false);
        add(shown, "createdAt", createdAt);
        add(shown, "key", key);
        return shown.toString();
    }

    private static void add(StringJoiner shown, String name, @Nullable Object value) {
        if (value != null) {
            shown.add(name + "=" + value);
        }
    }

    /** Builds {@link NewPost}. Not thread-safe. */
    public static final class Builder {
        private static final List<String> LABELS =
                List.of("sexual", "nudity", "porn", "graphic-media", "gore", "!no-unauthenticated");

        private static final RichText NO_TEXT = RichText.of("");

        private RichText text = NO_TEXT;
        private final List<PostImage> images = new ArrayList<>();
        private boolean gallery;
        private @Nullable URI link;
        private @Nullable LinkCard card;
        private @Nullable PostVideo video;
        private @Nullable AtUri reply;
        private @Nullable AtUri quote;
        private List<LanguageTag> langs = List.of();
        private List<String> tags = List.of();
        private List<String> labels = List.of();
        private @Nullable ReplyRules replies;
        private boolean quotes = true;
        private @Nullable Instant createdAt;
        private @Nullable Tid key;

        private Builder() {}

        /**
         * Sets the text, at most 300 graphemes and 3,000 bytes of UTF-8. Links, hashtags and mentions become clickable:
         * this method detects them, and mentions are resolved when the post is created.
         */
        public Builder text(String text) {
            return text(RichText.detect(text));
        }

        /** Sets the text together with its links, tags and mentions. No additional ones are detected. */
        public Builder text(RichText text) {
            this.text = Objects.requireNonNull(text, "text");
            return this;
        }

        /**
         * Adds an image from a file, which is read when the post is created. Metadata such as the location is removed.
         * With {@code atlex-images}, a rotated image is turned upright, and one that is too large is shrunk.
         *
         * @param alt the description for people who can't see the image; may be empty
         */
        public Builder image(Path path, String alt) {
            return image(PostImage.of(path, alt));
        }

        /** Like {@link #image(Path, String)}, but takes the content of the file. */
        public Builder image(byte[] content, String alt) {
            return image(PostImage.of(content, alt));
        }

        /** Adds an image. A post can have at most 4 images, or 20 in a {@linkplain #gallery gallery}. */
        public Builder image(PostImage image) {
            images.add(Objects.requireNonNull(image, "image"));
            return this;
        }

        /** Shows the images as a gallery of at most 20. Apps that don't support galleries show none of them. */
        public Builder gallery() {
            this.gallery = true;
            return this;
        }

        /**
         * Attaches a card for a web page. Its title, description and image are fetched when the post is created. If the
         * page can't be fetched, the card shows the link's host. An image that can't be used is left out.
         * {@link Posted#cardFailure} reports both. The text doesn't have to contain the link.
         *
         * @param link an http or https URL, without a user name or password, because everyone could read them
         * @throws InvalidPostException if the link doesn't meet these requirements
         */
        public Builder card(URI link) {
            String problem = PublicLinks.problem(link.toASCIIString());
            if (problem != null) {
                throw new InvalidPostException("post: the card can't link to this URL: " + problem + " (got "
                        + PublicLinks.quote(link.toString()) + ")");
            }
            this.link = link;
            this.card = null;
            return this;
        }

        /** Attaches a link card that is already complete. */
        public Builder card(LinkCard card) {
            this.card = Objects.requireNonNull(card, "card");
            this.link = null;
            return this;
        }

        /**
         * Attaches a video from a file. It is uploaded and processed when the post is created, which may take minutes.
         *
         * @see dev.atlex.bluesky.video.Videos#embed(Path, Consumer) the exceptions
         */
        public Builder video(Path file) {
            return video(file, options -> {});
        }

        /** Like {@link #video(Path)}, with a function that sets options, such as {@code v -> v.alt("A cat jumps")}. */
        public Builder video(Path file, Consumer<? super VideoOptions.Builder> options) {
            return video(PostVideo.of(file, options));
        }

        /** Like {@link #video(Path)}, with a video that may have been uploaded before. */
        public Builder video(PostVideo video) {
            this.video = Objects.requireNonNull(video, "video");
            return this;
        }

        /**
         * Makes this post a reply to another one. The root of the thread is found automatically.
         *
         * @throws InvalidSyntaxException if the URI doesn't identify a post
         */
        public Builder reply(AtUri parent) {
            this.reply = PostUris.parse(parent.toString());
            return this;
        }

        /**
         * Like {@link #reply(AtUri)}, but takes an AT URI or the URL of a page, such as
         * {@code https://bsky.app/profile/alice.example.com/post/3jzfcijpj2z2a}.
         */
        public Builder reply(String parent) {
            this.reply = PostUris.parse(parent);
            return this;
        }

        /**
         * Quotes another post. A quote can be combined with images, a video or a card.
         *
         * @throws InvalidSyntaxException if the URI doesn't identify a post
         */
        public Builder quote(AtUri post) {
            this.quote = PostUris.parse(post.toString());
            return this;
        }

        /** Like {@link #quote(AtUri)}, but takes an AT URI or the URL of a page on {@code bsky.app}. */
        public Builder quote(String post) {
            this.quote = PostUris.parse(post);
            return this;
        }

        /**
         * Sets the languages of the text, at most 3.
         *
         * @param langs the languages as BCP 47 tags, such as {@code en} or {@code pt-BR}
         * @throws InvalidSyntaxException if one of them isn't a language tag
         */
        public Builder langs(String... langs) {
            this.langs = List.of(langs).stream().map(LanguageTag::of).toList();
            return this;
        }

        /**
         * Sets at most 8 tags that aren't part of the text, each with at most 64 graphemes, with or without a hash
         * sign.
         */
        public Builder tags(String... tags) {
            this.tags = Stream.of(tags).map(Builder::withoutSign).toList();
            return this;
        }

        private static String withoutSign(String tag) {
            return tag.startsWith("#") || tag.startsWith("＃") ? tag.substring(1) : tag;
        }

        /**
         * Sets at most 10 content warnings, such as {@code sexual}, {@code nudity}, {@code porn} or
         * {@code graphic-media}. Other labels are allowed, for labelers and newer apps.
         *
         * @throws InvalidPostException if one is a misspelled known label, which apps ignore
         */
        public Builder labels(String... labels) {
            for (String label : labels) {
                String meant = Typos.meant(label, LABELS);
                if (meant != null) {
                    throw new InvalidPostException(
                            "post: unknown label (got \"" + label + "\"); did you mean \"" + meant + "\"?");
                }
            }
            this.labels = List.of(labels);
            return this;
        }

        /**
         * Sets which accounts may reply to the thread that this post starts, for example with
         * {@code r -> r.mentioned().following()}. If the function adds no rules, only the author may.
         */
        public Builder replies(Consumer<? super ReplyRules.Builder> rules) {
            return replies(ReplyRules.of(rules));
        }

        /** Like {@link #replies(Consumer)}, with rules that are already built. */
        public Builder replies(ReplyRules rules) {
            this.replies = Objects.requireNonNull(rules, "rules");
            return this;
        }

        /** Sets whether others may quote the post. The default is true. */
        public Builder quotes(boolean allowed) {
            this.quotes = allowed;
            return this;
        }

        /** Sets the post's timestamp. The default is the time when the post is created. */
        public Builder createdAt(Instant time) {
            this.createdAt = Objects.requireNonNull(time, "time");
            return this;
        }

        /**
         * Sets an idempotency key: the account has at most one post with this key. A later attempt with the same key,
         * in any process, returns the existing post, even if its content differs. If that post was deleted, it is
         * created again. Don't reuse a key for a different post.
         *
         * <p>The post's record key is a TID derived from the key, with a time in 2023 or 2024. Lists of the account's
         * records are sorted by record key, so they show the post among older ones. Feeds are sorted by timestamp and
         * aren't affected. To control the order of records, use {@link #key(String, Instant)}.
         *
         * @param key the key, which identifies the reason for the post, such as the URL of a news item
         * @throws IllegalArgumentException if the key is blank
         */
        public Builder key(String key) {
            this.key = PostKeys.of(key, null);
            return this;
        }

        /**
         * Like {@link #key(String)}, but sets the time of the record key.
         *
         * @param time a time in the past that is the same on each attempt, such as when the news item was published;
         *     never the current time. Fractions of a second are ignored.
         * @throws IllegalArgumentException if the key is blank, or the time is before 1970 or after 2242
         */
        public Builder key(String key, Instant time) {
            this.key = PostKeys.of(key, Objects.requireNonNull(time, "time"));
            return this;
        }

        /** Like {@link #key(String)}, but takes the record key itself, such as a stored {@link Tid#next()}. */
        public Builder key(Tid recordKey) {
            this.key = Objects.requireNonNull(recordKey, "recordKey");
            return this;
        }

        /** Builds the post. */
        public NewPost build() {
            return new NewPost(this);
        }
    }
}
