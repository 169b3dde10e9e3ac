package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.Times;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creates views of accounts. Methods return null for accounts that aren't visible. */
final class ProfileViews {
    private static final String SELF = "/self";
    private static final int KNOWN_FOLLOWERS = 5;

    private final Context context;
    private final ListViews lists;

    ProfileViews(Context context, ListViews lists) {
        this.context = context;
        this.lists = lists;
    }

    /** Returns the short view, which posts contain. */
    @Nullable
    LexMap basic(String did, String viewer) {
        Json view = basicFields(did, viewer, null);
        return view == null ? null : view.build();
    }

    /** Returns the view in lists of accounts. */
    @Nullable
    LexMap profile(String did, String viewer) {
        Json view = basicFields(did, viewer, null);
        return view == null ? null : describe(view, did).build();
    }

    /** Returns the profiles of those accounts that are visible. */
    List<LexMap> profiles(List<String> dids, String viewer) {
        List<LexMap> views = new ArrayList<>();
        for (String did : dids) {
            LexMap view = profile(did, viewer);
            if (view != null) {
                views.add(view);
            }
        }
        return views;
    }

    /** Returns the view of {@code getProfile}, with counts. */
    @Nullable
    LexMap detailed(String did, String viewer) {
        LexMap associated = Json.object()
                .put("lists", context.index.of(did, Nsids.LIST).size())
                .put(
                        "feedgens",
                        context.index.of(did, "app.bsky.feed.generator").size())
                .put("starterPacks", context.index.of(did, Nsids.STARTER_PACK).size())
                .put("labeler", self(did, Nsids.LABELER) != null)
                .build();
        Json view = basicFields(did, viewer, associated);
        if (view == null) {
            return null;
        }
        LexMap record = record(did);
        describe(view, did)
                .put("banner", context.blobs.in(record, "banner", did))
                .put("followersCount", context.relationships.count(did, Nsids.FOLLOW))
                .put("followsCount", context.index.of(did, Nsids.FOLLOW).size())
                .put("postsCount", context.index.of(did, Nsids.POST).size())
                .copy("pinnedPost", record);
        String website = record.getString("website");
        return view.put("website", website != null && website.startsWith("https://") ? website : null)
                .build();
    }

    private @Nullable Json basicFields(String did, String viewer, @Nullable LexMap associated) {
        Actor actor = context.relationships.visible(did);
        if (actor == null) {
            return null;
        }
        LexMap record = record(did);
        return Json.object()
                .put("did", did)
                .put("handle", actor.handle())
                .copy("displayName", record)
                .copy("pronouns", record)
                .put("avatar", context.blobs.in(record, "avatar", did))
                .put("associated", associated(did, associated))
                .put("viewer", viewer(did, viewer, associated != null))
                .put("labels", labels(did))
                .copy("createdAt", record);
    }

    private Json describe(Json view, String did) {
        IndexedRecord profile = self(did, Nsids.PROFILE);
        return profile == null
                ? view
                : view.copy("description", profile.value()).put("indexedAt", Times.text(profile.sortTime()));
    }

    private List<LexMap> labels(String did) {
        List<LexMap> labels = context.labels.of(did);
        IndexedRecord profile = self(did, Nsids.PROFILE);
        if (profile != null) {
            labels.addAll(context.labels.of(profile));
        }
        return labels;
    }

    private LexMap associated(String did, @Nullable LexMap more) {
        IndexedRecord chat = self(did, "chat.bsky.actor.declaration");
        IndexedRecord notifications = self(did, "app.bsky.notification.declaration");
        String subscriptions =
                notifications == null ? null : notifications.value().getString("allowSubscriptions");
        Json associated = Json.object();
        if (more != null) {
            associated.putAll(more);
        }
        if (chat != null) {
            associated.put(
                    "chat",
                    Json.object()
                            .copy("allowIncoming", chat.value())
                            .copy("allowGroupInvites", chat.value())
                            .build());
        }
        return associated
                .put(
                        "activitySubscription",
                        Json.object()
                                .put("allowSubscriptions", subscriptions == null ? "followers" : subscriptions)
                                .build())
                .build();
    }

    /** Returns the relationship between the viewer and an account. */
    private LexMap viewer(String did, String viewer, boolean detailed) {
        Relationships relationships = context.relationships;
        PrivateState.Mute mute = relationships.mute(viewer, did);
        String mutingList = relationships.mutingList(viewer, did);
        boolean muted = mutingList != null || mute != null && mute.whole();
        boolean blockedBy = relationships.block(did, viewer) != null || relationships.blockingList(did, viewer) != null;
        String block = relationships.block(viewer, did);
        String blockingList = relationships.blockingList(viewer, did);
        String blocking = block != null ? block : blockingList;
        Json view = Json.object()
                .put("muted", muted)
                .put("mutedOnlyReposts", !muted && mute != null && mute.onlyReposts())
                .put("mutedOnlyQuoteposts", !muted && mute != null && mute.onlyQuotes())
                .put("mutedByList", mutingList == null ? null : lists.basic(mutingList, viewer))
                .put("blockedBy", blockedBy)
                .put("blocking", blocking)
                .put("blockingByList", blockingList == null ? null : lists.basic(blockingList, viewer));
        if (!blockedBy && blocking == null) {
            view.put("following", relationships.follow(viewer, did))
                    .put("followedBy", relationships.follow(did, viewer));
        }
        return detailed
                ? view.put("knownFollowers", knownFollowersView(did, viewer)).build()
                : view.build();
    }

    private @Nullable LexMap knownFollowersView(String did, String viewer) {
        List<String> known = knownFollowers(did, viewer);
        if (known.isEmpty()) {
            return null;
        }
        List<LexMap> followers = new ArrayList<>();
        for (String follower : known.subList(0, Math.min(KNOWN_FOLLOWERS, known.size()))) {
            LexMap view =
                    context.relationships.blocked(viewer, follower) || context.relationships.blocked(did, follower)
                            ? null
                            : basic(follower, viewer);
            if (view != null) {
                followers.add(view);
            }
        }
        return Json.object()
                .put("count", known.size())
                .put("followers", followers)
                .build();
    }

    /** Returns the accounts that the viewer follows and that follow the account. */
    List<String> knownFollowers(String did, String viewer) {
        if (did.equals(viewer)) {
            return List.of();
        }
        List<String> known = new ArrayList<>();
        for (IndexedRecord follow : context.index.of(viewer, Nsids.FOLLOW).values()) {
            String followed = Refs.subject(follow.value());
            if (followed != null && !followed.equals(did) && context.relationships.follow(followed, did) != null) {
                known.add(followed);
            }
        }
        return known;
    }

    /** Returns the view of an author that a blocked post contains. */
    LexMap blockedAuthor(String did, String viewer) {
        Relationships relationships = context.relationships;
        String block = relationships.block(viewer, did);
        return Json.object()
                .put("did", did)
                .put(
                        "viewer",
                        Json.object()
                                .put(
                                        "blockedBy",
                                        relationships.block(did, viewer) != null
                                                || relationships.blockingList(did, viewer) != null)
                                .put("blocking", block != null ? block : relationships.blockingList(viewer, did))
                                .build())
                .build();
    }

    /** Returns the account's profile record, or an empty one. */
    LexMap record(String did) {
        IndexedRecord profile = self(did, Nsids.PROFILE);
        return profile == null ? LexMap.of() : profile.value();
    }

    private @Nullable IndexedRecord self(String did, String collection) {
        return context.index.get("at://" + did + "/" + collection + SELF);
    }
}
