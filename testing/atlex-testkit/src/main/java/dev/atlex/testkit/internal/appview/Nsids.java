package dev.atlex.testkit.internal.appview;

/** The collections and types that the AppView knows. */
final class Nsids {
    static final String PROFILE = "app.bsky.actor.profile";
    static final String POST = "app.bsky.feed.post";
    static final String LIKE = "app.bsky.feed.like";
    static final String REPOST = "app.bsky.feed.repost";
    static final String THREADGATE = "app.bsky.feed.threadgate";
    static final String POSTGATE = "app.bsky.feed.postgate";
    static final String FOLLOW = "app.bsky.graph.follow";
    static final String BLOCK = "app.bsky.graph.block";
    static final String LIST = "app.bsky.graph.list";
    static final String LIST_ITEM = "app.bsky.graph.listitem";
    static final String LIST_BLOCK = "app.bsky.graph.listblock";
    static final String LABELER = "app.bsky.labeler.service";
    static final String STARTER_PACK = "app.bsky.graph.starterpack";

    static final String MODLIST = "app.bsky.graph.defs#modlist";
    static final String CURATELIST = "app.bsky.graph.defs#curatelist";

    static final String IMAGES = "app.bsky.embed.images";
    static final String GALLERY = "app.bsky.embed.gallery";
    static final String EXTERNAL = "app.bsky.embed.external";
    static final String RECORD = "app.bsky.embed.record";
    static final String RECORD_WITH_MEDIA = "app.bsky.embed.recordWithMedia";
    static final String VIDEO = "app.bsky.embed.video";

    private Nsids() {}
}
