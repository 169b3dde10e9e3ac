package dev.atlex.benchmarks.payload;

import static java.nio.charset.StandardCharsets.UTF_8;

import app.bsky.actor.ActorDefs.ProfileAssociated;
import app.bsky.actor.ActorDefs.ProfileAssociatedActivitySubscription;
import app.bsky.actor.ActorDefs.ProfileAssociatedChat;
import app.bsky.actor.ActorDefs.ProfileViewBasic;
import app.bsky.actor.ActorDefs.ViewerState;
import app.bsky.embed.EmbedDefs.AspectRatio;
import app.bsky.embed.External;
import app.bsky.embed.Images;
import app.bsky.feed.FeedDefs;
import app.bsky.feed.FeedDefs.FeedViewPost;
import app.bsky.feed.FeedDefs.PostView;
import app.bsky.feed.GetTimeline;
import app.bsky.feed.Post;
import app.bsky.richtext.Facet;
import com.atproto.repo.StrongRef;
import dev.atlex.data.BlobRef;
import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import dev.atlex.syntax.LanguageTag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A synthetic, reproducible page of {@code app.bsky.feed.getTimeline}: 50 items, about 128 KB of JSON. The mix
 * resembles a real page: authors have viewer state, and posts have facets and counts. A quarter of the posts have
 * images, a quarter have a link card, and a fifth are replies with root and parent. There are some reposts and some
 * non-ASCII text.
 */
public final class Timeline {
    private static final int ITEMS = 50;
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
    private static final String TID = "234567abcdefghijklmnopqrstuvwxyz";
    private static final Instant START = Instant.parse("2026-01-01T00:00:00.000Z");
    private static final String[] WORDS =
            ("every server may speak to all others and a post is only a record in everyone's repository"
                            + " which anyone can read — così è, 日本語 の 文 🦋 links people protocol open network today feed")
                    .split(" ");
    private static final String CDN = "https://cdn.bsky.app/img/";

    /** The algorithm of {@link Random} is specified, so every JDK builds the same page. */
    private final Random random = new Random(42);

    private Timeline() {}

    /** Returns the page as a typed value. */
    public static GetTimeline.Output page() {
        return new Timeline().make();
    }

    /** Returns posts like those on the page, including images and link cards. */
    static List<Post> posts(int count) {
        Timeline timeline = new Timeline();
        return IntStream.range(0, count).mapToObj(timeline::standalone).toList();
    }

    private Post standalone(int i) {
        return record(i, true, null, new Embeds());
    }

    private GetTimeline.Output make() {
        List<FeedViewPost> feed = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            feed.add(item(i));
        }
        return GetTimeline.Output.builder().cursor(at(ITEMS)).feed(feed).build();
    }

    private FeedViewPost item(int i) {
        FeedViewPost.Builder item = FeedViewPost.builder();
        if (i % 5 == 4) {
            PostView root = post(i + 100, false, null);
            StrongRef ref = StrongRef.builder().uri(root.uri()).cid(root.cid()).build();
            return item.post(post(
                            i,
                            true,
                            Post.ReplyRef.builder().root(ref).parent(ref).build()))
                    .reply(FeedDefs.ReplyRef.builder()
                            .root(FeedDefs.ReplyRef.Root.of(root))
                            .parent(FeedDefs.ReplyRef.Parent.of(root))
                            .build())
                    .build();
        }
        item.post(post(i, true, null));
        if (i % 7 == 3) {
            item.reason(FeedViewPost.Reason.of(FeedDefs.ReasonRepost.builder()
                    .by(author(i + 500))
                    .uri("at://" + did() + "/app.bsky.feed.repost/" + tid())
                    .cid(cid())
                    .indexedAt(at(i))
                    .build()));
        }
        return item.build();
    }

    /** The embeds that a post and its view have in common. */
    private static final class Embeds {
        private List<Cid> images = List.of();
        private String link = "";
        private String title = "";
        private String description = "";
    }

    private PostView post(int i, boolean embed, Post.ReplyRef reply) {
        ProfileViewBasic author = author(i);
        Embeds embeds = new Embeds();
        Post post = record(i, embed, reply, embeds);
        PostView.Builder view = PostView.builder()
                .uri("at://" + author.did() + "/app.bsky.feed.post/" + tid())
                .cid(cid())
                .author(author)
                .record((LexMap) Post.CODEC.toValue(post))
                .bookmarkCount(1L)
                .replyCount((long) i)
                .repostCount(i * 2L)
                .likeCount(i * 7L)
                .quoteCount(0L)
                .indexedAt(at(i))
                .viewer(FeedDefs.ViewerState.builder()
                        .bookmarked(false)
                        .threadMuted(false)
                        .embeddingDisabled(false)
                        .build())
                .labels(List.of());
        if (!embeds.link.isEmpty()) {
            view.embed(PostView.Embed.of(External.View.builder()
                    .external(External.ViewExternal.builder()
                            .uri(embeds.link)
                            .title(embeds.title)
                            .description(embeds.description)
                            .thumb(picture("feed_thumbnail", author, embeds.images.get(0)))
                            .build())
                    .build()));
        } else if (!embeds.images.isEmpty()) {
            view.embed(PostView.Embed.of(Images.View.builder()
                    .images(embeds.images.stream()
                            .map(image -> Images.ViewImage.builder()
                                    .thumb(picture("feed_thumbnail", author, image))
                                    .fullsize(picture("feed_fullsize", author, image))
                                    .alt("text for the image")
                                    .aspectRatio(ratio())
                                    .build())
                            .toList())
                    .build()));
        }
        return view.build();
    }

    private Post record(int i, boolean embed, Post.ReplyRef reply, Embeds embeds) {
        Post.Builder post = Post.builder()
                .text(text(12 + random.nextInt(18)))
                .createdAt(at(i))
                .langs(List.of(LanguageTag.of("en")))
                .reply(reply)
                .facets(List.of(Facet.builder()
                        .index(Facet.ByteSlice.builder()
                                .byteStart(0)
                                .byteEnd(10)
                                .build())
                        .features(List.of(Facet.FeaturesItem.of(Facet.Link.builder()
                                .uri("https://example.com/" + pick(BASE32, 20))
                                .build())))
                        .build()));
        if (embed && i % 4 == 0) {
            embeds.images = List.of(blob(), blob());
            post.embed(Post.Embed.of(Images.builder()
                    .images(embeds.images.stream()
                            .map(image -> Images.Image.builder()
                                    .image(BlobRef.of(image, "image/jpeg", 345_678))
                                    .alt(text(6))
                                    .aspectRatio(ratio())
                                    .build())
                            .toList())
                    .build()));
        } else if (embed && i % 4 == 1) {
            embeds.images = List.of(blob());
            embeds.link = "https://news.example.com/" + pick(BASE32, 30);
            embeds.title = text(8);
            embeds.description = text(20);
            post.embed(Post.Embed.of(External.builder()
                    .external(External.ExternalDef.builder()
                            .uri(embeds.link)
                            .title(embeds.title)
                            .description(embeds.description)
                            .thumb(BlobRef.of(embeds.images.get(0), "image/jpeg", 99_999))
                            .build())
                    .build()));
        }
        return post.build();
    }

    private ProfileViewBasic author(int i) {
        String did = did();
        return ProfileViewBasic.builder()
                .did(did)
                .handle("user" + i + ".bsky.social")
                .displayName("User " + i + " ✨")
                .avatar(CDN + "avatar/plain/" + did + "/" + blob() + "@jpeg")
                .associated(ProfileAssociated.builder()
                        .chat(ProfileAssociatedChat.builder()
                                .allowIncoming("following")
                                .build())
                        .activitySubscription(ProfileAssociatedActivitySubscription.builder()
                                .allowSubscriptions("followers")
                                .build())
                        .build())
                .viewer(ViewerState.builder()
                        .muted(false)
                        .blockedBy(false)
                        .following("at://" + did() + "/app.bsky.graph.follow/" + tid())
                        .build())
                .labels(List.of())
                .createdAt(at(i + 1000))
                .build();
    }

    private static AspectRatio ratio() {
        return AspectRatio.builder().width(1200).height(800).build();
    }

    private static String picture(String size, ProfileViewBasic author, Cid image) {
        return CDN + size + "/plain/" + author.did() + "/" + image + "@jpeg";
    }

    private static String at(int i) {
        return START.minusSeconds(61L * i).toString().replace("Z", ".000Z");
    }

    private Cid cid() {
        return Cid.ofDagCbor(pick(BASE32, 32).getBytes(UTF_8));
    }

    private Cid blob() {
        return Cid.ofRaw(pick(BASE32, 32).getBytes(UTF_8));
    }

    private String did() {
        return "did:plc:" + pick(BASE32, 24);
    }

    private String tid() {
        return "3l" + pick(TID, 11);
    }

    private String text(int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }

    private String pick(String alphabet, int length) {
        StringBuilder picked = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            picked.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return picked.toString();
    }
}
