package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.Times;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The AppView: records go in when they are written, and methods return views of them. Guarded by the server's lock. */
public final class AppView {
    private final Context context;
    private final Notifications notifications;
    private final List<Endpoint> endpoints = new ArrayList<>();

    public AppView(Actors actors, BlobUrls blobs, Clock clock) {
        context = new Context(actors, blobs);
        notifications = new Notifications(context);
        ListViews lists = new ListViews(context);
        ProfileViews profiles = new ProfileViews(context, lists);
        PostViews posts = new PostViews(context, profiles, lists);
        endpoints.addAll(new NotificationMethods(context, notifications, profiles).endpoints());
        endpoints.addAll(new NotificationPreferences(context).endpoints());
        endpoints.addAll(new MuteMethods(context, clock, profiles, lists).endpoints());
        endpoints.addAll(new ThreadMethods(context, posts).endpoints());
    }

    /** Returns the methods. */
    public List<Endpoint> endpoints() {
        return List.copyOf(endpoints);
    }

    /**
     * Indexes a record that was created or updated.
     *
     * @param order increases with each record written on the server
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

    /** Removes everything. */
    public void clear() {
        context.clear();
        notifications.clear();
    }
}
