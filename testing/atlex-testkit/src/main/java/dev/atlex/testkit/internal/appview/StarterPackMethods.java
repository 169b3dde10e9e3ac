package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.InputSchema;
import dev.atlex.testkit.internal.InputSchema.Type;
import dev.atlex.testkit.internal.XrpcError;
import dev.atlex.testkit.internal.appview.RecordIndex.By;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code app.bsky.graph} methods for starter packs. */
final class StarterPackMethods {
    private static final int SAMPLE = 12;

    private final Context context;
    private final StarterPackViews packs;
    private final ListViews lists;
    private final ListMethods members;

    StarterPackMethods(Context context, StarterPackViews packs, ListViews lists, ListMethods members) {
        this.context = context;
        this.packs = packs;
        this.lists = lists;
        this.members = members;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.query(
                        "app.bsky.graph.getStarterPack",
                        InputSchema.of().required("starterPack", Type.AT_URI),
                        this::getStarterPack),
                Endpoint.query(
                        "app.bsky.graph.getStarterPacks",
                        InputSchema.of().strings("uris", Type.AT_URI, 25),
                        this::getStarterPacks),
                Endpoint.query(
                        "app.bsky.graph.getActorStarterPacks",
                        InputSchema.of()
                                .required("actor", Type.AT_IDENTIFIER)
                                .optional("limit", Type.LIMIT)
                                .optional("cursor", Type.STRING),
                        this::getActorStarterPacks));
    }

    private LexMap getStarterPack(ViewerCall call) {
        String uri = call.required("starterPack");
        Actor owner = context.actors.find(Refs.did(uri));
        String resolved = owner == null ? uri : uri.replaceFirst(Refs.did(uri), owner.did());
        LexMap pack = packs.basic(resolved, call.viewer());
        IndexedRecord record = context.index.get(resolved);
        if (pack == null || record == null) {
            throw XrpcError.invalidRequest("Starter pack not found");
        }
        String list = record.value().getString("list");
        return LexMap.of(
                "starterPack",
                Json.object()
                        .putAll(pack)
                        .put("feeds", List.of())
                        .put("list", list == null ? null : lists.basic(list, call.viewer()))
                        .put("listItemsSample", sample(list, call.viewer()))
                        .build());
    }

    /** Returns the members with the most followers. */
    private List<LexMap> sample(@Nullable String list, String viewer) {
        List<LexMap> views = new ArrayList<>();
        if (list == null) {
            return views;
        }
        List<IndexedRecord> items =
                new ArrayList<>(context.index.get(By.LIST, list).values());
        items.removeIf(item -> !viewer.equals(item.did()) && context.relationships.blocked(item.did(), subject(item)));
        items.sort(Comparator.comparingLong(
                        (IndexedRecord item) -> context.relationships.count(subject(item), Nsids.FOLLOW))
                .reversed());
        for (IndexedRecord item : items.subList(0, Math.min(SAMPLE, items.size()))) {
            LexMap view = members.member(item.uri(), subject(item), viewer);
            if (view != null) {
                views.add(view);
            }
        }
        return views;
    }

    private static String subject(IndexedRecord item) {
        String subject = Refs.subject(item.value());
        return subject == null ? "" : subject;
    }

    private LexMap getStarterPacks(ViewerCall call) {
        List<LexMap> views = new ArrayList<>();
        for (String uri : call.strings("uris")) {
            LexMap view = packs.basic(uri, call.viewer());
            if (view != null) {
                views.add(view);
            }
        }
        return Json.object().put("starterPacks", views).build();
    }

    private LexMap getActorStarterPacks(ViewerCall call) {
        Actor actor = context.actors.find(call.required("actor"));
        if (actor == null) {
            throw XrpcError.invalidRequest("Profile not found");
        }
        return Page.of(
                        call,
                        context.index.of(actor.did(), Nsids.STARTER_PACK),
                        pack -> packs.basic(pack.uri(), call.viewer()))
                .output("starterPacks")
                .build();
    }
}
