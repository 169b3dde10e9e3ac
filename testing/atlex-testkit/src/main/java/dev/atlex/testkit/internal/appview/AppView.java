package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.Times;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The AppView. It indexes records when they are written, and its methods return views of them. Guarded by the server's
 * lock.
 */
public final class AppView {
    private final Context context;
    private final Notifications notifications;
    private final ProfileViews profiles;
    private final PostViews posts;
    private final List<Endpoint> endpoints = new ArrayList<>();

    public AppView(Actors actors, BlobUrls blobs, Clock clock) {
        context = new Context(actors, blobs);
        notifications = new Notifications(context);
        ListViews lists = new ListViews(context);
        profiles = new ProfileViews(context, lists);
        posts = new PostViews(context, profiles, lists);
        FeedViews feeds = new FeedViews(context, posts, profiles);
        ListMethods listMethods = new ListMethods(context, lists, profiles);
        StarterPackViews packs = new StarterPackViews(context, profiles);
        endpoints.addAll(new NotificationMethods(context, notifications, profiles).endpoints());
        endpoints.addAll(new NotificationPreferences(context).endpoints());
        endpoints.addAll(new MuteMethods(context, clock, profiles, lists).endpoints());
        endpoints.addAll(new ThreadMethods(context, posts).endpoints());
        endpoints.addAll(new BookmarkMethods(context, clock, posts).endpoints());
        endpoints.addAll(new FeedMethods(context, feeds, profiles).endpoints());
        endpoints.addAll(new ReactionMethods(context, posts, profiles).endpoints());
        endpoints.addAll(new SearchMethods(context, posts).endpoints());
        endpoints.addAll(new ActorMethods(context, profiles).endpoints());
        endpoints.addAll(new GraphMethods(context, profiles).endpoints());
        endpoints.addAll(listMethods.endpoints());
        endpoints.addAll(new LabelerMethods(context, profiles).endpoints());
        endpoints.addAll(new StarterPackMethods(context, packs, lists, listMethods).endpoints());
    }

    /** Returns the methods. */
    public List<Endpoint> endpoints() {
        return List.copyOf(endpoints);
    }

    /** Returns the short view of an account, or null if the account isn't visible. */
    public @Nullable LexMap profile(String did, String viewer) {
        return profiles.basic(did, viewer);
    }

    /** Returns a post as a variant of {@code app.bsky.embed.record#view}. */
    public LexMap embedded(String uri, String viewer) {
        return posts.embedded(uri, viewer);
    }

    /**
     * Indexes a record that was created or updated.
     *
     * @param order a number that increases with each record written on the server
     */
    public void written(String did, String collection, String key, String cid, LexMap value, Instant now, long order) {
        String uri = "at://" + did + "/" + collection + "/" + key;
        deleted(did, collection, key);
        IndexedRecord record = new IndexedRecord(
                uri, did, collection, key, cid, value, sortTime(value.getString("createdAt"), now), order);
        if (collection.equals(Nsids.POST)) {
            context.gates.check(record);
        }
        context.index.add(record);
        notifications.created(record);
    }

    /** Returns the earlier of a record's {@code createdAt}, which may be absent or invalid, and the present. */
    private static Instant sortTime(@Nullable String createdAt, Instant now) {
        Instant created = Times.parse(createdAt);
        Instant present = now.truncatedTo(ChronoUnit.MILLIS);
        return created == null || created.isAfter(present) ? present : created;
    }

    /** Removes a record, if it is indexed. */
    public void deleted(String did, String collection, String key) {
        String uri = "at://" + did + "/" + collection + "/" + key;
        if (context.index.remove(uri) != null) {
            context.gates.forget(uri);
            notifications.deleted(uri);
        }
    }

    /** Labels an account or a record. */
    public void label(String subject, String source, String value, Instant createdAt) {
        context.labels.add(subject, source, value, Times.text(createdAt));
    }

    /** Removes a label that {@link #label} set. Returns whether there was one. */
    public boolean unlabel(String subject, String value) {
        return context.labels.remove(subject, value);
    }

    /** Removes everything. */
    public void clear() {
        context.clear();
        notifications.clear();
    }
}
