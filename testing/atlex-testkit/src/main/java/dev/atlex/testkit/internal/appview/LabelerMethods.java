package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.InputSchema;
import dev.atlex.testkit.internal.InputSchema.Type;
import dev.atlex.testkit.internal.Times;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code app.bsky.labeler} methods. An account that has a service record is a labeler. */
final class LabelerMethods {
    private static final String DEFS = "app.bsky.labeler.defs#";

    private final Context context;
    private final ProfileViews profiles;

    LabelerMethods(Context context, ProfileViews profiles) {
        this.context = context;
        this.profiles = profiles;
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.query(
                "app.bsky.labeler.getServices",
                InputSchema.of().strings("dids", Type.DID, Integer.MAX_VALUE).optional("detailed", Type.BOOLEAN),
                this::getServices));
    }

    private LexMap getServices(ViewerCall call) {
        List<LexMap> views = new ArrayList<>();
        for (String did : call.strings("dids")) {
            LexMap view = view(did, call.flag("detailed"), call.viewer());
            if (view != null) {
                views.add(view);
            }
        }
        return Json.object().put("views", views).build();
    }

    private @Nullable LexMap view(String did, boolean detailed, String viewer) {
        String uri = "at://" + did + "/" + Nsids.LABELER + "/self";
        IndexedRecord service = context.relationships.visibleRecord(uri);
        LexMap creator = service == null ? null : profiles.profile(did, viewer);
        if (service == null || creator == null) {
            return null;
        }
        LexMap record = service.value();
        Json view = Json.typed(DEFS + (detailed ? "labelerViewDetailed" : "labelerView"))
                .put("uri", uri)
                .put("cid", service.cid())
                .put("creator", creator)
                .put("likeCount", context.relationships.count(uri, Nsids.LIKE))
                .put(
                        "viewer",
                        Json.object()
                                .put("like", context.index.between(viewer, Nsids.LIKE, uri))
                                .build())
                .put("indexedAt", Times.text(service.sortTime()))
                .put("labels", context.labels.of(service));
        if (detailed) {
            view.copy("policies", record)
                    .copy("reasonTypes", record)
                    .copy("subjectTypes", record)
                    .copy("subjectCollections", record);
        }
        return view.build();
    }
}
