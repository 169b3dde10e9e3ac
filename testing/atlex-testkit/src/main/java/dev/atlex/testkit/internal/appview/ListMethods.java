package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.InputSchema;
import dev.atlex.testkit.internal.InputSchema.Type;
import dev.atlex.testkit.internal.XrpcError;
import dev.atlex.testkit.internal.appview.RecordIndex.By;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code app.bsky.graph} methods for lists and their members. */
final class ListMethods {
    private static final Set<String> PURPOSES = Set.of(Nsids.MODLIST, Nsids.CURATELIST);

    private final Context context;
    private final ListViews lists;
    private final ProfileViews profiles;

    ListMethods(Context context, ListViews lists, ProfileViews profiles) {
        this.context = context;
        this.lists = lists;
        this.profiles = profiles;
    }

    List<Endpoint> endpoints() {
        InputSchema ofActor = InputSchema.of()
                .required("actor", Type.AT_IDENTIFIER)
                .optional("limit", Type.LIMIT)
                .optional("cursor", Type.STRING)
                .optionalStrings("purposes", Type.STRING, Integer.MAX_VALUE);
        return List.of(
                Endpoint.query(
                        "app.bsky.graph.getList",
                        InputSchema.of()
                                .required("list", Type.AT_URI)
                                .optional("limit", Type.LIMIT)
                                .optional("cursor", Type.STRING),
                        this::getList),
                Endpoint.query("app.bsky.graph.getLists", ofActor, this::getLists),
                Endpoint.query("app.bsky.graph.getListsWithMembership", ofActor, this::getListsWithMembership),
                Endpoint.query(
                        "app.bsky.graph.getListBlocks",
                        InputSchema.of().optional("limit", Type.LIMIT).optional("cursor", Type.STRING),
                        this::getListBlocks));
    }

    private LexMap getList(ViewerCall call) {
        String uri = call.required("list");
        LexMap list = lists.list(uri, call.viewer(), profiles);
        if (list == null) {
            throw XrpcError.invalidRequest("List not found");
        }
        String owner = Refs.did(uri);
        boolean showsAll = call.viewer().equals(owner) || Nsids.MODLIST.equals(list.getString("purpose"));
        Page page = Page.of(call, context.index.get(By.LIST, uri), item -> {
            String did = Refs.subject(item.value());
            return did == null || !showsAll && context.relationships.blocked(owner, did)
                    ? null
                    : member(item.uri(), did, call.viewer());
        });
        return page.output("items").put("list", list).build();
    }

    /** Returns the view of a list item, or null if the member isn't visible. */
    @Nullable
    LexMap member(String itemUri, String did, String viewer) {
        LexMap subject = profiles.profile(did, viewer);
        return subject == null
                ? null
                : Json.object().put("uri", itemUri).put("subject", subject).build();
    }

    private String actor(ViewerCall call) {
        Actor actor = context.actors.find(call.required("actor"));
        if (actor == null) {
            throw XrpcError.invalidRequest("Profile not found");
        }
        return actor.did();
    }

    private LexMap getLists(ViewerCall call) {
        return Page.of(
                        call,
                        context.index.of(actor(call), Nsids.LIST),
                        list -> accepts(call, list) ? lists.list(list.uri(), call.viewer(), profiles) : null)
                .output("lists")
                .build();
    }

    private LexMap getListsWithMembership(ViewerCall call) {
        String member = actor(call);
        return Page.of(call, context.index.of(call.viewer(), Nsids.LIST), list -> {
                    LexMap view = accepts(call, list) ? lists.list(list.uri(), call.viewer(), profiles) : null;
                    String item = context.index.membership(list.uri(), member);
                    return view == null
                            ? null
                            : Json.object()
                                    .put("list", view)
                                    .put("listItem", item == null ? null : member(item, member, call.viewer()))
                                    .build();
                })
                .output("listsWithMembership")
                .build();
    }

    /** Returns whether the list has one of the requested purposes. Lists of starter packs never do. */
    private static boolean accepts(ViewerCall call, IndexedRecord list) {
        String purpose = list.value().getString("purpose");
        if (purpose == null || !PURPOSES.contains(purpose)) {
            return false;
        }
        List<String> purposes = call.strings("purposes");
        return purposes.isEmpty() || purposes.contains(purpose) || purposes.contains(purpose.split("#", -1)[1]);
    }

    private LexMap getListBlocks(ViewerCall call) {
        return Page.of(call, context.index.of(call.viewer(), Nsids.LIST_BLOCK), block -> {
                    String list = Refs.subject(block.value());
                    return list == null ? null : lists.list(list, call.viewer(), profiles);
                })
                .output("lists")
                .build();
    }
}
