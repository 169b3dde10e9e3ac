package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.InputSchema;
import dev.atlex.testkit.internal.InputSchema.Type;
import dev.atlex.testkit.internal.XrpcError;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The {@code app.bsky.graph} methods for follows and blocks. */
final class GraphMethods {
    private static final String DEFS = "app.bsky.graph.defs#";

    private final Context context;
    private final ProfileViews profiles;

    GraphMethods(Context context, ProfileViews profiles) {
        this.context = context;
        this.profiles = profiles;
    }

    List<Endpoint> endpoints() {
        InputSchema actor = InputSchema.of()
                .required("actor", Type.AT_IDENTIFIER)
                .optional("limit", Type.LIMIT)
                .optional("cursor", Type.STRING)
                .optional("sort", Type.STRING);
        return List.of(
                Endpoint.query("app.bsky.graph.getFollowers", actor, this::getFollowers),
                Endpoint.query("app.bsky.graph.getFollows", actor, this::getFollows),
                Endpoint.query("app.bsky.graph.getKnownFollowers", actor, this::getKnownFollowers),
                Endpoint.query(
                        "app.bsky.graph.getBlocks",
                        InputSchema.of().optional("limit", Type.LIMIT).optional("cursor", Type.STRING),
                        this::getBlocks),
                Endpoint.query(
                        "app.bsky.graph.getRelationships",
                        InputSchema.of()
                                .required("actor", Type.AT_IDENTIFIER)
                                .optionalStrings("others", Type.AT_IDENTIFIER, 30),
                        this::getRelationships));
    }

    private Actor actor(ViewerCall call) {
        Actor actor = context.relationships.visible(call.required("actor"));
        if (actor == null) {
            throw XrpcError.invalidRequest("Actor not found: " + call.required("actor"));
        }
        return actor;
    }

    private LexMap getFollowers(ViewerCall call) {
        Actor subject = actor(call);
        return follows(
                call, subject, context.index.about(subject.did(), Nsids.FOLLOW), IndexedRecord::did, "followers");
    }

    private LexMap getFollows(ViewerCall call) {
        Actor subject = actor(call);
        return follows(
                call,
                subject,
                context.index.of(subject.did(), Nsids.FOLLOW),
                follow -> Refs.subject(follow.value()),
                "follows");
    }

    private LexMap follows(
            ViewerCall call,
            Actor subject,
            NavigableMap<Position, IndexedRecord> follows,
            Function<IndexedRecord, @Nullable String> other,
            String field) {
        Page page = Page.of(call, follows, follow -> {
            String did = other.apply(follow);
            return did == null || hidden(did, subject.did(), call.viewer())
                    ? null
                    : profiles.profile(did, call.viewer());
        });
        return page.output(field)
                .put("subject", profiles.profile(subject.did(), call.viewer()))
                .build();
    }

    /** Returns whether a block hides a follower or followed account from the viewer. */
    private boolean hidden(String did, String subject, String viewer) {
        return context.relationships.blocked(subject, did) || context.relationships.blocked(viewer, did);
    }

    private LexMap getKnownFollowers(ViewerCall call) {
        Actor subject = actor(call);
        List<String> known = new ArrayList<>(profiles.knownFollowers(subject.did(), call.viewer()));
        known.removeIf(did -> context.relationships.blocked(call.viewer(), did));
        int limit = Math.min(call.integer("limit", Page.DEFAULT_LIMIT), known.size());
        return Json.object()
                .put("subject", profiles.profile(subject.did(), call.viewer()))
                .put("followers", profiles.profiles(known.subList(0, limit), call.viewer()))
                .build();
    }

    private LexMap getBlocks(ViewerCall call) {
        return Page.of(call, context.index.of(call.viewer(), Nsids.BLOCK), block -> {
                    String did = Refs.subject(block.value());
                    return did == null ? null : profiles.profile(did, call.viewer());
                })
                .output("blocks")
                .build();
    }

    private LexMap getRelationships(ViewerCall call) {
        Actor known = context.actors.find(call.required("actor"));
        String actor = known != null ? known.did() : call.required("actor");
        boolean did = actor.startsWith("did:");
        List<LexMap> relationships = new ArrayList<>();
        for (String other : call.strings("others")) {
            relationships.add(
                    did && other.startsWith("did:")
                            ? relationship(actor, other)
                            : Json.typed(DEFS + "notFoundActor")
                                    .put("actor", other)
                                    .put("notFound", true)
                                    .build());
        }
        return Json.object()
                .put("actor", did ? actor : null)
                .put("relationships", relationships)
                .build();
    }

    private LexMap relationship(String actor, String other) {
        Relationships relationships = context.relationships;
        return Json.typed(DEFS + "relationship")
                .put("did", other)
                .put("following", relationships.follow(actor, other))
                .put("followedBy", relationships.follow(other, actor))
                .put("blocking", relationships.block(actor, other))
                .put("blockedBy", relationships.block(other, actor))
                .put("blockingByList", relationships.blockingList(actor, other))
                .put("blockedByList", relationships.blockingList(other, actor))
                .build();
    }
}
