package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.Times;
import org.jspecify.annotations.Nullable;

/** Creates views of starter packs. */
final class StarterPackViews {
    private final Context context;
    private final ProfileViews profiles;

    StarterPackViews(Context context, ProfileViews profiles) {
        this.context = context;
        this.profiles = profiles;
    }

    /** Returns the short view of a starter pack, or null if it isn't visible. */
    @Nullable
    LexMap basic(String uri, String viewer) {
        IndexedRecord pack = context.relationships.visibleRecord(uri);
        LexMap creator = pack == null ? null : profiles.basic(pack.did(), viewer);
        if (pack == null || creator == null || !pack.collection().equals(Nsids.STARTER_PACK)) {
            return null;
        }
        return Json.object()
                .put("uri", uri)
                .put("cid", pack.cid())
                .put("record", pack.value())
                .put("creator", creator)
                .put("joinedAllTimeCount", 0)
                .put("joinedWeekCount", 0)
                .put("labels", context.labels.of(uri))
                .put("indexedAt", Times.text(pack.sortTime()))
                .build();
    }
}
