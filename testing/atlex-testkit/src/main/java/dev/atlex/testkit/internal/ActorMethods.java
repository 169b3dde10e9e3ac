package dev.atlex.testkit.internal;

import dev.atlex.data.Cid;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.testkit.internal.InputSchema.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code app.bsky.actor}: profiles as an AppView shows them. */
final class ActorMethods {
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
                        this::getProfiles));
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
}
