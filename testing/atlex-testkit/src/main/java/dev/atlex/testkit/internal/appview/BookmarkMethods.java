package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.InputSchema;
import dev.atlex.testkit.internal.InputSchema.Type;
import dev.atlex.testkit.internal.Times;
import dev.atlex.testkit.internal.XrpcError;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code app.bsky.bookmark} methods. */
final class BookmarkMethods {
    private final Context context;
    private final Clock clock;
    private final PostViews posts;
    private long order;

    BookmarkMethods(Context context, Clock clock, PostViews posts) {
        this.context = context;
        this.clock = clock;
        this.posts = posts;
    }

    List<Endpoint> endpoints() {
        InputSchema uri = InputSchema.of().required("uri", Type.AT_URI);
        InputSchema uriAndCid = InputSchema.of().required("uri", Type.AT_URI).required("cid", Type.CID);
        InputSchema page = InputSchema.of().optional("limit", Type.LIMIT).optional("cursor", Type.STRING);
        return List.of(
                Endpoint.procedure("app.bsky.bookmark.createBookmark", uriAndCid, this::create),
                Endpoint.procedure("app.bsky.bookmark.deleteBookmark", uri, this::delete),
                Endpoint.query("app.bsky.bookmark.getBookmarks", page, this::list));
    }

    private static String post(ViewerCall call) {
        String uri = call.required("uri");
        if (!Nsids.POST.equals(Refs.collection(uri))) {
            throw XrpcError.badRequest("UnsupportedCollection", "Only '" + Nsids.POST + "' records can be bookmarked");
        }
        return uri;
    }

    private @Nullable LexMap create(ViewerCall call) {
        Position position = new Position(clock.instant().truncatedTo(ChronoUnit.MILLIS), order++);
        context.bookmarks.add(call.viewer(), new Bookmarks.Bookmark(post(call), call.required("cid"), position));
        return null;
    }

    private @Nullable LexMap delete(ViewerCall call) {
        context.bookmarks.remove(call.viewer(), post(call));
        return null;
    }

    private LexMap list(ViewerCall call) {
        return Page.of(call, context.bookmarks.of(call.viewer()), bookmark -> view(bookmark, call.viewer()))
                .output("bookmarks")
                .build();
    }

    private LexMap view(Bookmarks.Bookmark bookmark, String viewer) {
        return Json.object()
                .put("createdAt", Times.text(bookmark.position().time()))
                .put(
                        "subject",
                        Json.object()
                                .put("uri", bookmark.uri())
                                .put("cid", bookmark.cid())
                                .build())
                .put("item", posts.orPlaceholder(bookmark.uri(), viewer))
                .build();
    }
}
