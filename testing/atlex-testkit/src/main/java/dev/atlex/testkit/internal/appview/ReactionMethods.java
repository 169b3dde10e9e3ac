package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.InputSchema;
import dev.atlex.testkit.internal.InputSchema.Type;
import dev.atlex.testkit.internal.Times;
import dev.atlex.testkit.internal.appview.RecordIndex.By;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code app.bsky.feed} methods that list the likes, reposts and quotes of a post. */
final class ReactionMethods {
    private final Context context;
    private final PostViews posts;
    private final ProfileViews profiles;

    ReactionMethods(Context context, PostViews posts, ProfileViews profiles) {
        this.context = context;
        this.posts = posts;
        this.profiles = profiles;
    }

    List<Endpoint> endpoints() {
        InputSchema subject = InputSchema.of()
                .required("uri", Type.AT_URI)
                .optional("cid", Type.CID)
                .optional("limit", Type.LIMIT)
                .optional("cursor", Type.STRING);
        return List.of(
                Endpoint.query("app.bsky.feed.getLikes", subject, this::getLikes),
                Endpoint.query("app.bsky.feed.getRepostedBy", subject, this::getRepostedBy),
                Endpoint.query("app.bsky.feed.getQuotes", subject, this::getQuotes));
    }

    private static LexMap output(ViewerCall call, Page page, String field) {
        return page.output(field)
                .copy("uri", call.params())
                .copy("cid", call.params())
                .build();
    }

    private LexMap getLikes(ViewerCall call) {
        String uri = call.required("uri");
        Page page =
                Page.of(call, context.index.about(uri, Nsids.LIKE), like -> like(like, Refs.did(uri), call.viewer()));
        return output(call, page, "likes");
    }

    private @Nullable LexMap like(IndexedRecord like, String author, String viewer) {
        LexMap actor =
                context.relationships.blocked(viewer, like.did()) || context.relationships.blocked(author, like.did())
                        ? null
                        : profiles.profile(like.did(), viewer);
        if (actor == null) {
            return null;
        }
        Instant createdAt = Times.parse(like.value().getString("createdAt"));
        return Json.object()
                .put("actor", actor)
                .put("createdAt", Times.text(createdAt == null ? Instant.EPOCH : createdAt))
                .put("indexedAt", Times.text(like.sortTime()))
                .build();
    }

    private LexMap getRepostedBy(ViewerCall call) {
        Page page = Page.of(
                call,
                context.index.about(call.required("uri"), Nsids.REPOST),
                repost -> context.relationships.blocked(call.viewer(), repost.did())
                        ? null
                        : profiles.profile(repost.did(), call.viewer()));
        return output(call, page, "repostedBy");
    }

    private LexMap getQuotes(ViewerCall call) {
        String uri = call.required("uri");
        Page page = Page.of(
                call,
                context.index.get(By.QUOTED, uri),
                quote -> context.relationships.blocked(call.viewer(), quote.did())
                                || context.relationships.blocked(Refs.did(uri), quote.did())
                        ? null
                        : posts.post(quote.uri(), call.viewer()));
        return output(call, page, "posts");
    }
}
