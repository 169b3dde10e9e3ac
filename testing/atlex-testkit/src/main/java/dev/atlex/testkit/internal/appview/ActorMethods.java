package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.InputSchema;
import dev.atlex.testkit.internal.InputSchema.Type;
import dev.atlex.testkit.internal.XrpcError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The {@code app.bsky.actor} methods that return profiles and search for accounts. */
final class ActorMethods {
    private final Context context;
    private final ProfileViews profiles;

    ActorMethods(Context context, ProfileViews profiles) {
        this.context = context;
        this.profiles = profiles;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.query(
                        "app.bsky.actor.getProfile",
                        InputSchema.of().required("actor", Type.AT_IDENTIFIER),
                        this::getProfile),
                Endpoint.query(
                        "app.bsky.actor.getProfiles",
                        InputSchema.of().strings("actors", Type.AT_IDENTIFIER, 25),
                        this::getProfiles),
                Endpoint.query(
                        "app.bsky.actor.getSuggestions",
                        InputSchema.of().optional("limit", Type.LIMIT).optional("cursor", Type.STRING),
                        this::getSuggestions),
                Endpoint.query(
                        "app.bsky.actor.searchActors",
                        InputSchema.of()
                                .optional("q", Type.STRING)
                                .optional("term", Type.STRING)
                                .optional("limit", Type.LIMIT)
                                .optional("cursor", Type.STRING),
                        this::searchActors),
                Endpoint.query(
                        "app.bsky.actor.searchActorsTypeahead",
                        InputSchema.of()
                                .optional("q", Type.STRING)
                                .optional("term", Type.STRING)
                                .optional("limit", Type.LIMIT),
                        this::searchActorsTypeahead));
    }

    private LexMap getProfile(ViewerCall call) {
        Actor actor = context.actors.find(call.required("actor"));
        if (actor == null) {
            throw XrpcError.invalidRequest("Profile not found");
        }
        if (actor.removed()) {
            throw XrpcError.badRequest("AccountTakedown", "Account has been suspended");
        }
        LexMap profile = profiles.detailed(actor.did(), call.viewer());
        if (profile == null) {
            throw XrpcError.badRequest("AccountDeactivated", "Account is deactivated");
        }
        return profile;
    }

    private LexMap getProfiles(ViewerCall call) {
        List<LexMap> views = new ArrayList<>();
        for (String each : call.strings("actors")) {
            Actor actor = context.relationships.visible(each);
            LexMap view = actor == null ? null : profiles.detailed(actor.did(), call.viewer());
            if (view != null) {
                views.add(view);
            }
        }
        return Json.object().put("profiles", views).build();
    }

    private LexMap getSuggestions(ViewerCall call) {
        List<Actor> strangers = new ArrayList<>();
        for (Actor actor : context.actors.all()) {
            if (!actor.did().equals(call.viewer())
                    && context.relationships.follow(call.viewer(), actor.did()) == null
                    && !context.relationships.blocked(call.viewer(), actor.did())
                    && !context.relationships.muted(call.viewer(), actor.did())) {
                strangers.add(actor);
            }
        }
        return OffsetPage.of(call, strangers, Page.DEFAULT_LIMIT, actor -> profiles.profile(actor.did(), call.viewer()))
                .output("actors")
                .build();
    }

    private LexMap searchActors(ViewerCall call) {
        List<Actor> found = search(term(call));
        found.removeIf(actor -> context.relationships.blocked(call.viewer(), actor.did()));
        return OffsetPage.of(call, found, 25, actor -> profiles.profile(actor.did(), call.viewer()))
                .output("actors")
                .build();
    }

    private LexMap searchActorsTypeahead(ViewerCall call) {
        String term = term(call);
        List<Actor> found = search(term);
        // An exact handle is always found, so that a blocked account can be unblocked.
        found.removeIf(
                actor -> !actor.handle().equals(term) && context.relationships.blocked(call.viewer(), actor.did()));
        List<LexMap> views = OffsetPage.of(call, found, 10, actor -> profiles.basic(actor.did(), call.viewer()))
                .items();
        return Json.object().put("actors", views).build();
    }

    private static String term(ViewerCall call) {
        String q = call.optional("q");
        String term = q != null ? q : call.optional("term");
        String stripped = term == null ? "" : term.strip().toLowerCase(Locale.ROOT);
        return stripped.startsWith("@") ? stripped.substring(1) : stripped;
    }

    /** Returns the accounts whose handle or name contains the term; exact handles first, then those that start with it. */
    private List<Actor> search(String term) {
        List<Actor> found = new ArrayList<>();
        for (Actor actor : context.actors.all()) {
            if (actor.active() && (actor.handle().contains(term) || name(actor).contains(term))) {
                found.add(actor);
            }
        }
        found.sort(Comparator.comparing((Actor actor) -> !actor.handle().equals(term))
                .thenComparing(actor -> !actor.handle().startsWith(term)));
        return found;
    }

    private String name(Actor actor) {
        @Nullable String name = profiles.record(actor.did()).getString("displayName");
        return name == null ? "" : name.toLowerCase(Locale.ROOT);
    }
}
