package dev.atlex.testkit.internal;

import dev.atlex.data.Cid;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.testkit.internal.InputSchema.Type;
import dev.atlex.testkit.internal.lexicon.ShownValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code app.bsky.actor}: preferences, and profiles as an AppView shows them. */
final class ActorMethods {
    private static final String NAMESPACE = "app.bsky";
    private static final String FULL_ACCESS_ONLY = "app.bsky.actor.defs#personalDetailsPref";
    private static final String READ_ONLY = "app.bsky.actor.defs#declaredAgePref";

    private final Pds pds;

    ActorMethods(Pds pds) {
        this.pds = pds;
    }

    List<Method> methods() {
        return List.of(
                Method.query(
                        "app.bsky.actor.getProfile",
                        Auth.STANDARD,
                        InputSchema.of().required("actor", Type.AT_IDENTIFIER),
                        this::getProfile),
                Method.query(
                        "app.bsky.actor.getProfiles",
                        Auth.STANDARD,
                        InputSchema.of().required("actors", Type.STRINGS),
                        this::getProfiles),
                Method.query(
                        "app.bsky.actor.getPreferences",
                        Auth.access(Scope.with(Scope.STANDARD, Scope.TAKENDOWN)),
                        InputSchema.NONE,
                        this::getPreferences),
                Method.procedure(
                        "app.bsky.actor.putPreferences",
                        Auth.STANDARD.unlessTakenDown(),
                        InputSchema.of().required("preferences", Type.ARRAY),
                        this::putPreferences));
    }

    private Response getProfile(Call call) {
        Account account = pds.accounts.find(call.param("actor"));
        if (account == null) {
            throw XrpcError.invalidRequest("Profile not found");
        }
        if (account.removed()) {
            throw XrpcError.badRequest("AccountTakedown", "Account has been suspended");
        }
        if (account.deactivated) {
            throw XrpcError.badRequest("AccountDeactivated", "Account is deactivated");
        }
        return Response.json(detailed(account));
    }

    private Response getProfiles(Call call) {
        LexArray actors = call.params.getArray("actors");
        List<LexValue> profiles = new ArrayList<>();
        for (LexValue actor : actors == null ? LexArray.of() : actors) {
            Optional.ofNullable(pds.accounts.findActive(actor.toString()))
                    .ifPresent(account -> profiles.add(detailed(account)));
        }
        return Response.json(LexMap.of("profiles", LexArray.copyOf(profiles)));
    }

    private static LexMap profile(Account account) {
        Repo.Entry entry = account.repo.get("app.bsky.actor.profile", "self");
        return entry == null ? LexMap.of() : entry.value();
    }

    /** Returns the short profile that posts contain. */
    static LexMap basic(Pds pds, Account account) {
        return view(pds, account)
                .put("viewer", viewer())
                .put("labels", LexArray.of())
                .put("createdAt", Times.text(account.createdAt))
                .build();
    }

    private static LexMap viewer() {
        return LexMap.builder().put("muted", false).put("blockedBy", false).build();
    }

    private static LexMap.Builder view(Pds pds, Account account) {
        LexMap profile = profile(account);
        LexMap.Builder view = LexMap.builder().put("did", account.did).put("handle", account.handle);
        String name = profile.getString("displayName");
        if (name != null) {
            view.put("displayName", name);
        }
        image(pds, account, profile, "avatar", view);
        return view;
    }

    private static void image(Pds pds, Account account, LexMap profile, String field, LexMap.Builder view) {
        LexMap image = profile.getMap(field);
        if (image != null && image.get("ref") instanceof Cid ref) {
            view.put(field, pds.url + "/xrpc/com.atproto.sync.getBlob?did=" + account.did + "&cid=" + ref);
        }
    }

    private LexMap detailed(Account account) {
        LexMap profile = profile(account);
        LexMap.Builder view = view(pds, account);
        String description = profile.getString("description");
        if (description != null) {
            view.put("description", description);
        }
        image(pds, account, profile, "banner", view);
        long followers = 0;
        for (Account other : pds.accounts.all()) {
            followers += other.repo.records("app.bsky.graph.follow").values().stream()
                    .filter(entry -> account.did.equals(entry.value().getString("subject")))
                    .count();
        }
        return view.put("followersCount", followers)
                .put(
                        "followsCount",
                        account.repo.records("app.bsky.graph.follow").size())
                .put("postsCount", account.repo.records(FeedMethods.POST).size())
                .put("indexedAt", Times.text(account.createdAt))
                .put("createdAt", Times.text(account.createdAt))
                .put("viewer", viewer())
                .put("labels", LexArray.of())
                .build();
    }

    private Account requester(Call call) {
        Account account = pds.accounts.byDid(call.claims().did());
        if (account == null) {
            throw XrpcError.badRequest("NotFound", "Repo not found");
        }
        return account;
    }

    private static boolean mayUse(Call call, LexMap preference) {
        return call.claims().scope() == Scope.ACCESS || !FULL_ACCESS_ONLY.equals(preference.type());
    }

    private Response getPreferences(Call call) {
        List<LexMap> preferences = requester(call).preferences.stream()
                .filter(preference -> mayUse(call, preference))
                .toList();
        return Response.json(LexMap.of("preferences", LexArray.copyOf(preferences)));
    }

    private Response putPreferences(Call call) {
        LexArray preferences = call.input.getArray("preferences");
        List<LexMap> put = new ArrayList<>();
        for (LexValue preference : preferences == null ? LexArray.of() : preferences) {
            if (!(preference instanceof LexMap map) || map.type() == null) {
                throw XrpcError.invalidRequest(
                        "Expected an object which includes the \"$type\" property value type (got "
                                + ShownValue.of(preference) + ") at $.preferences[" + put.size() + "]");
            }
            put.add(map);
        }
        List<LexMap> forbidden = new ArrayList<>();
        for (LexMap preference : put) {
            if (!String.valueOf(preference.type()).startsWith(NAMESPACE + ".")) {
                throw XrpcError.invalidRequest("Some preferences are not in the " + NAMESPACE + " namespace");
            }
            if (!mayUse(call, preference)) {
                forbidden.add(preference);
            }
        }
        if (!forbidden.isEmpty()) {
            List<String> types =
                    forbidden.stream().map(p -> String.valueOf(p.type())).toList();
            throw XrpcError.invalidRequest("Do not have authorization to set preferences: " + String.join(", ", types));
        }
        Account account = requester(call);
        List<LexMap> kept = new ArrayList<>(account.preferences);
        kept.removeIf(preference -> mayUse(call, preference));
        put.stream().filter(p -> !READ_ONLY.equals(p.type())).forEach(kept::add);
        account.preferences = kept;
        return Response.empty();
    }
}
