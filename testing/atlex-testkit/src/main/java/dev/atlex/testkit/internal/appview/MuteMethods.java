package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.InputSchema;
import dev.atlex.testkit.internal.InputSchema.Type;
import dev.atlex.testkit.internal.XrpcError;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The {@code app.bsky.graph} methods for mutes, which are private and not stored in records. */
final class MuteMethods {
    private final Context context;
    private final Clock clock;
    private final ProfileViews profiles;
    private final ListViews lists;
    private long order;

    MuteMethods(Context context, Clock clock, ProfileViews profiles, ListViews lists) {
        this.context = context;
        this.clock = clock;
        this.profiles = profiles;
        this.lists = lists;
    }

    List<Endpoint> endpoints() {
        InputSchema actor = InputSchema.of().required("actor", Type.AT_IDENTIFIER);
        InputSchema list = InputSchema.of().required("list", Type.AT_URI);
        InputSchema root = InputSchema.of().required("root", Type.AT_URI);
        InputSchema page = InputSchema.of().optional("limit", Type.LIMIT).optional("cursor", Type.STRING);
        return List.of(
                Endpoint.procedure(
                        "app.bsky.graph.muteActor",
                        InputSchema.of()
                                .required("actor", Type.AT_IDENTIFIER)
                                .optional("onlyReposts", Type.BOOLEAN)
                                .optional("onlyQuoteposts", Type.BOOLEAN),
                        this::muteActor),
                Endpoint.procedure("app.bsky.graph.unmuteActor", actor, this::unmuteActor),
                Endpoint.procedure("app.bsky.graph.muteActorList", list, this::muteActorList),
                Endpoint.procedure("app.bsky.graph.unmuteActorList", list, this::unmuteActorList),
                Endpoint.procedure("app.bsky.graph.muteThread", root, this::muteThread),
                Endpoint.procedure("app.bsky.graph.unmuteThread", root, this::unmuteThread),
                Endpoint.query("app.bsky.graph.getMutes", page, this::getMutes),
                Endpoint.query("app.bsky.graph.getListMutes", page, this::getListMutes));
    }

    private Position now() {
        Instant time = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return new Position(time, order++);
    }

    private String actor(ViewerCall call) {
        Actor actor = context.actors.find(call.required("actor"));
        if (actor == null) {
            throw XrpcError.invalidRequest("Actor not found");
        }
        return actor.did();
    }

    private @Nullable LexMap muteActor(ViewerCall call) {
        String did = actor(call);
        if (did.equals(call.viewer())) {
            throw XrpcError.invalidRequest("Actor cannot mute themselves");
        }
        context.state
                .of(call.viewer())
                .mutes
                .put(did, new PrivateState.Mute(did, call.flag("onlyReposts"), call.flag("onlyQuoteposts"), now()));
        return null;
    }

    private @Nullable LexMap unmuteActor(ViewerCall call) {
        context.state.of(call.viewer()).mutes.remove(actor(call));
        return null;
    }

    private @Nullable LexMap muteActorList(ViewerCall call) {
        PrivateState.Account state = context.state.of(call.viewer());
        String list = call.required("list");
        if (!state.mutedLists.containsValue(list)) {
            state.mutedLists.put(now(), list);
        }
        return null;
    }

    private @Nullable LexMap unmuteActorList(ViewerCall call) {
        String list = call.required("list");
        context.state.of(call.viewer()).mutedLists.values().removeIf(list::equals);
        return null;
    }

    private @Nullable LexMap muteThread(ViewerCall call) {
        context.state.of(call.viewer()).mutedThreads.add(call.required("root"));
        return null;
    }

    private @Nullable LexMap unmuteThread(ViewerCall call) {
        context.state.of(call.viewer()).mutedThreads.remove(call.required("root"));
        return null;
    }

    private LexMap getMutes(ViewerCall call) {
        NavigableMap<Position, PrivateState.Mute> mutes = new TreeMap<>();
        context.state.of(call.viewer()).mutes.values().stream()
                .filter(PrivateState.Mute::whole)
                .forEach(mute -> mutes.put(mute.position(), mute));
        return Page.of(call, mutes, mute -> profiles.profile(mute.did(), call.viewer()))
                .output("mutes")
                .build();
    }

    private LexMap getListMutes(ViewerCall call) {
        return Page.of(
                        call,
                        context.state.of(call.viewer()).mutedLists,
                        list -> lists.list(list, call.viewer(), profiles))
                .output("lists")
                .build();
    }
}
