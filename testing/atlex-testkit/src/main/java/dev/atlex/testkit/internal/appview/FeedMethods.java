package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.InputSchema;
import dev.atlex.testkit.internal.InputSchema.Type;
import dev.atlex.testkit.internal.XrpcError;
import dev.atlex.testkit.internal.appview.RecordIndex.By;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code app.bsky.feed} methods that return timelines and the feeds of accounts and lists. */
final class FeedMethods {
    private final Context context;
    private final FeedViews feeds;
    private final ProfileViews profiles;

    FeedMethods(Context context, FeedViews feeds, ProfileViews profiles) {
        this.context = context;
        this.feeds = feeds;
        this.profiles = profiles;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.query(
                        "app.bsky.feed.getTimeline",
                        InputSchema.of()
                                .optional("algorithm", Type.STRING)
                                .optional("limit", Type.LIMIT)
                                .optional("cursor", Type.STRING),
                        this::getTimeline),
                Endpoint.query(
                        "app.bsky.feed.getAuthorFeed",
                        InputSchema.of()
                                .required("actor", Type.AT_IDENTIFIER)
                                .optional("limit", Type.LIMIT)
                                .optional("cursor", Type.STRING)
                                .optional("filter", Type.STRING)
                                .optional("includePins", Type.BOOLEAN),
                        this::getAuthorFeed),
                Endpoint.query(
                        "app.bsky.feed.getListFeed",
                        InputSchema.of()
                                .required("list", Type.AT_URI)
                                .optional("limit", Type.LIMIT)
                                .optional("cursor", Type.STRING),
                        this::getListFeed),
                Endpoint.query(
                        "app.bsky.feed.getActorLikes",
                        InputSchema.of()
                                .required("actor", Type.AT_IDENTIFIER)
                                .optional("limit", Type.LIMIT)
                                .optional("cursor", Type.STRING),
                        this::getActorLikes));
    }

    private LexMap getTimeline(ViewerCall call) {
        List<NavigableMap<Position, IndexedRecord>> sources = new ArrayList<>();
        Set<String> accounts = new HashSet<>(Set.of(call.viewer()));
        for (IndexedRecord follow :
                context.index.of(call.viewer(), Nsids.FOLLOW).values()) {
            String followed = Refs.subject(follow.value());
            if (followed != null) {
                accounts.add(followed);
            }
        }
        accounts.forEach(did -> sources.add(context.index.get(By.FEED, did)));
        return merged(call, sources);
    }

    private LexMap getListFeed(ViewerCall call) {
        String owner = Refs.did(call.required("list"));
        List<NavigableMap<Position, IndexedRecord>> sources = new ArrayList<>();
        Set<String> members = new HashSet<>();
        for (IndexedRecord item :
                context.index.get(By.LIST, call.required("list")).values()) {
            String member = Refs.subject(item.value());
            if (member != null && !context.relationships.blocked(owner, member) && members.add(member)) {
                sources.add(context.index.of(member, Nsids.POST));
            }
        }
        return merged(call, sources);
    }

    private LexMap merged(ViewerCall call, List<NavigableMap<Position, IndexedRecord>> sources) {
        Merge<IndexedRecord> items = new Merge<>(sources, Position.of(call.optional("cursor")));
        return Page.of(
                        items,
                        call.integer("limit", Page.DEFAULT_LIMIT),
                        item -> feeds.inTimeline(item, call.viewer()) ? feeds.item(item, call.viewer()) : null)
                .output("feed")
                .build();
    }

    private LexMap getAuthorFeed(ViewerCall call) {
        Actor author = context.relationships.visible(call.required("actor"));
        if (author == null) {
            throw XrpcError.invalidRequest("Profile not found");
        }
        rejectBlocked(call.viewer(), author.did());
        LexMap pinned = call.flag("includePins") && call.optional("cursor") == null
                ? profiles.record(author.did()).getMap("pinnedPost")
                : null;
        String pinnedUri = pinned == null ? null : pinned.getString("uri");
        LexMap pin = pinnedUri != null && Refs.did(pinnedUri).equals(author.did())
                ? feeds.pinned(pinnedUri, call.viewer())
                : null;
        String filter = call.optional("filter");
        SelfThreads selfThreads = new SelfThreads(context.index);
        Page page = Page.of(
                call,
                context.index.get(By.FEED, author.did()),
                item -> passes(filter, item, selfThreads)
                                && inAuthorFeed(item, call.viewer())
                                && !(pin != null && FeedViews.postUri(item).equals(pinnedUri))
                        ? feeds.item(item, call.viewer())
                        : null);
        if (pin != null) {
            page.items().add(0, pin);
        }
        return page.output("feed").build();
    }

    private void rejectBlocked(String viewer, String author) {
        Relationships relationships = context.relationships;
        if (relationships.block(viewer, author) != null || relationships.blockingList(viewer, author) != null) {
            throw XrpcError.badRequest("BlockedActor", "Requester has blocked actor: " + author);
        }
        if (relationships.block(author, viewer) != null || relationships.blockingList(author, viewer) != null) {
            throw XrpcError.badRequest("BlockedByActor", "Requester is blocked by actor: " + author);
        }
    }

    /**
     * Returns whether the feed of an account shows the item. Reposts of posts by blocked or muted accounts are left
     * out.
     */
    private boolean inAuthorFeed(IndexedRecord item, String viewer) {
        String author = Refs.did(FeedViews.postUri(item));
        return author.equals(item.did())
                || !context.relationships.blocked(viewer, author)
                        && (!context.relationships.muted(viewer, author)
                                || context.relationships.muted(viewer, item.did()));
    }

    private static boolean passes(@Nullable String filter, IndexedRecord item, SelfThreads selfThreads) {
        boolean repost = FeedViews.isRepost(item);
        if (filter == null) {
            return true;
        }
        return switch (filter) {
            case "posts_no_replies" -> repost || Refs.parent(item.value()) == null;
            case "posts_with_media" -> !repost && hasMedia(item, Set.of(Nsids.IMAGES, Nsids.GALLERY));
            case "posts_with_video" -> !repost && hasMedia(item, Set.of(Nsids.VIDEO));
            case "posts_and_author_threads" -> repost || selfThreads.contain(item);
            default -> true;
        };
    }

    private static boolean hasMedia(IndexedRecord post, Set<String> types) {
        LexMap media = Refs.media(post.value());
        String type = media == null ? null : media.type();
        return type != null && types.contains(type);
    }

    private LexMap getActorLikes(ViewerCall call) {
        Actor actor = context.actors.find(call.required("actor"));
        if (actor == null || !actor.did().equals(call.viewer())) {
            throw XrpcError.invalidRequest("Profile not found"); // likes are private
        }
        return Page.of(call, context.index.of(actor.did(), Nsids.LIKE), like -> {
                    String uri = Refs.subject(like.value());
                    return uri == null || context.relationships.blocked(call.viewer(), Refs.did(uri))
                            ? null
                            : feeds.item(uri, null, call.viewer());
                })
                .output("feed")
                .build();
    }
}
