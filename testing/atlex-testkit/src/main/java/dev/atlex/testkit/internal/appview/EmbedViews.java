package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Views of the embeds of posts. */
final class EmbedViews {
    /** The maximum number of a gallery's images that the AppView shows, although a post may have 20. */
    private static final int MAX_GALLERY = 10;

    private final Context context;
    private final ProfileViews profiles;
    private final ListViews lists;
    private final PostViews posts;
    private final StarterPackViews packs;

    EmbedViews(Context context, ProfileViews profiles, ListViews lists, PostViews posts) {
        this.context = context;
        this.profiles = profiles;
        this.lists = lists;
        this.posts = posts;
        packs = new StarterPackViews(context, profiles);
    }

    /**
     * Returns the view of a post's embed, or null if it has none of a known type.
     *
     * @param depth the number of posts that enclose the embedded record, each quoting the next
     */
    @Nullable
    LexMap embed(IndexedRecord post, String viewer, int depth) {
        LexMap embed = post.value().getMap("embed");
        String type = embed == null ? null : embed.type();
        if (embed == null || type == null) {
            return null;
        }
        return switch (type) {
            case Nsids.RECORD -> {
                LexMap record = record(post, viewer, depth);
                yield record == null
                        ? null
                        : Json.typed(Nsids.RECORD + "#view")
                                .put("record", record)
                                .build();
            }
            case Nsids.RECORD_WITH_MEDIA -> {
                LexMap record = record(post, viewer, depth);
                LexMap media = media(embed.getMap("media"), post.did());
                yield record == null || media == null
                        ? null
                        : Json.typed(Nsids.RECORD_WITH_MEDIA + "#view")
                                .put("media", media)
                                .put("record", LexMap.of("record", record))
                                .build();
            }
            default -> media(embed, post.did());
        };
    }

    private @Nullable LexMap media(@Nullable LexMap media, String did) {
        String type = media == null ? null : media.type();
        if (media == null || type == null) {
            return null;
        }
        return switch (type) {
            case Nsids.IMAGES -> images(media, did);
            case Nsids.GALLERY -> gallery(media, did);
            case Nsids.EXTERNAL -> external(media, did);
            case Nsids.VIDEO -> video(media, did);
            default -> null;
        };
    }

    private LexMap images(LexMap embed, String did) {
        List<LexMap> images = new ArrayList<>();
        for (LexMap image : Refs.maps(embed.getArray("images"))) {
            String url = context.blobs.in(image, "image", did);
            images.add(Json.object()
                    .put("thumb", url)
                    .put("fullsize", url)
                    .copy("alt", image)
                    .copy("aspectRatio", image)
                    .build());
        }
        return Json.typed(Nsids.IMAGES + "#view").put("images", images).build();
    }

    private LexMap gallery(LexMap embed, String did) {
        List<LexMap> items = Refs.maps(embed.getArray("items"));
        List<LexMap> views = new ArrayList<>();
        for (LexMap item : items.subList(0, Math.min(MAX_GALLERY, items.size()))) {
            String url = context.blobs.in(item, "image", did);
            views.add(Json.typed(Nsids.GALLERY + "#viewImage")
                    .put("thumbnail", url)
                    .put("fullsize", url)
                    .copy("alt", item)
                    .copy("aspectRatio", item)
                    .build());
        }
        return Json.typed(Nsids.GALLERY + "#view").put("items", views).build();
    }

    private LexMap external(LexMap embed, String did) {
        LexMap external = embed.getMap("external");
        LexMap card = external == null ? LexMap.of() : external;
        return Json.typed(Nsids.EXTERNAL + "#view")
                .put(
                        "external",
                        Json.object()
                                .copy("uri", card)
                                .copy("title", card)
                                .copy("description", card)
                                .put("thumb", context.blobs.in(card, "thumb", did))
                                .build())
                .build();
    }

    /** Returns the view of a video. The playlist is the video itself, and there is no thumbnail. */
    private LexMap video(LexMap embed, String did) {
        return Json.typed(Nsids.VIDEO + "#view")
                .put("cid", BlobUrls.cid(embed, "video"))
                .put("playlist", context.blobs.in(embed, "video", did))
                .copy("alt", embed)
                .copy("aspectRatio", embed)
                .copy("presentation", embed)
                .build();
    }

    private @Nullable LexMap record(IndexedRecord post, String viewer, int depth) {
        String uri = Refs.embedded(post.value());
        if (uri == null) {
            return null;
        }
        String owner = Refs.did(uri);
        if (context.relationships.blocked(viewer, owner) || context.relationships.blocked(post.did(), owner)) {
            return Json.typed(Nsids.RECORD + "#viewBlocked")
                    .put("uri", uri)
                    .put("blocked", true)
                    .put("author", profiles.blockedAuthor(owner, viewer))
                    .build();
        }
        if (context.gates.forbidsQuote(post.uri()) || context.gates.detached(uri, post.uri())) {
            return Json.typed(Nsids.RECORD + "#viewDetached")
                    .put("uri", uri)
                    .put("detached", true)
                    .build();
        }
        return recordOrPlaceholder(uri, viewer, depth);
    }

    /** Returns the view of a record, or a placeholder if it is missing, not visible or of an unknown type. */
    LexMap recordOrPlaceholder(String uri, String viewer, int depth) {
        LexMap view = hydrated(uri, viewer, depth);
        return view != null
                ? view
                : Json.typed(Nsids.RECORD + "#viewNotFound")
                        .put("uri", uri)
                        .put("notFound", true)
                        .build();
    }

    private @Nullable LexMap hydrated(String uri, String viewer, int depth) {
        return switch (Refs.collection(uri)) {
            case Nsids.POST -> quote(uri, viewer, depth);
            case Nsids.LIST -> {
                LexMap list = lists.list(uri, viewer, profiles);
                yield list == null ? null : Json.typed("app.bsky.graph.defs#listView", list);
            }
            case Nsids.STARTER_PACK -> {
                LexMap pack = packs.basic(uri, viewer);
                yield pack == null ? null : Json.typed("app.bsky.graph.defs#starterPackViewBasic", pack);
            }
            default -> null;
        };
    }

    private @Nullable LexMap quote(String uri, String viewer, int depth) {
        LexMap post = posts.post(uri, viewer, depth);
        if (post == null) {
            return null;
        }
        Json view = Json.typed(Nsids.RECORD + "#viewRecord")
                .copy("uri", post)
                .copy("cid", post)
                .copy("author", post)
                .put("value", post.get("record"))
                .copy("labels", post)
                .copy("likeCount", post)
                .copy("replyCount", post)
                .copy("repostCount", post)
                .copy("quoteCount", post)
                .copy("indexedAt", post);
        LexMap embed = post.getMap("embed");
        return depth > 1
                ? view.build()
                : view.put("embeds", embed == null ? List.of() : List.of(embed)).build();
    }
}
