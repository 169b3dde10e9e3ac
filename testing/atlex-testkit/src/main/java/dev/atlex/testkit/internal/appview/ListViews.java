package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.Times;
import org.jspecify.annotations.Nullable;

/** Views of lists, without their creators or members. */
final class ListViews {
    private final Context context;

    ListViews(Context context) {
        this.context = context;
    }

    /** Returns the short view, or null if the list isn't visible. */
    @Nullable
    LexMap basic(String uri, String viewer) {
        IndexedRecord list = context.relationships.visibleRecord(uri);
        if (list == null || !list.collection().equals(Nsids.LIST)) {
            return null;
        }
        return Json.object()
                .put("uri", uri)
                .put("cid", list.cid())
                .copy("name", list.value())
                .copy("purpose", list.value())
                .put("avatar", context.blobs.in(list.value(), "avatar", list.did()))
                .put("listItemCount", context.relationships.members(uri))
                .put("indexedAt", Times.text(list.sortTime()))
                .put("labels", context.labels.of(uri))
                .put(
                        "viewer",
                        Json.object()
                                .put(
                                        "muted",
                                        context.state.of(viewer).mutedLists.containsValue(uri))
                                .put("blocked", context.index.between(viewer, Nsids.LIST_BLOCK, uri))
                                .build())
                .build();
    }

    /** Returns the view with the creator, or null if the list isn't visible. */
    @Nullable
    LexMap list(String uri, String viewer, ProfileViews profiles) {
        LexMap basic = basic(uri, viewer);
        LexMap creator = basic == null ? null : profiles.profile(Refs.did(uri), viewer);
        IndexedRecord list = context.index.get(uri);
        if (basic == null || creator == null || list == null) {
            return null;
        }
        return Json.object()
                .putAll(basic)
                .put("creator", creator)
                .copy("description", list.value())
                .copy("descriptionFacets", list.value())
                .build();
    }
}
