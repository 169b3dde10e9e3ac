package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.InputSchema;
import dev.atlex.testkit.internal.InputSchema.Type;
import dev.atlex.testkit.internal.Times;
import dev.atlex.testkit.internal.XrpcError;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** The {@code app.bsky.notification} methods that list notifications and mark them as seen. */
final class NotificationMethods {
    private final Context context;
    private final Notifications notifications;
    private final ProfileViews profiles;

    NotificationMethods(Context context, Notifications notifications, ProfileViews profiles) {
        this.context = context;
        this.notifications = notifications;
        this.profiles = profiles;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.query(
                        "app.bsky.notification.listNotifications",
                        InputSchema.of()
                                .optionalStrings("reasons", Type.STRING, Integer.MAX_VALUE)
                                .optional("limit", Type.LIMIT)
                                .optional("priority", Type.BOOLEAN)
                                .optional("cursor", Type.STRING)
                                .optional("seenAt", Type.DATETIME),
                        this::listNotifications),
                Endpoint.query(
                        "app.bsky.notification.getUnreadCount",
                        InputSchema.of().optional("priority", Type.BOOLEAN).optional("seenAt", Type.DATETIME),
                        this::getUnreadCount),
                Endpoint.procedure(
                        "app.bsky.notification.updateSeen",
                        InputSchema.of().required("seenAt", Type.DATETIME),
                        this::updateSeen));
    }

    private static void rejectSeenAt(ViewerCall call) {
        if (call.optional("seenAt") != null) {
            throw XrpcError.invalidRequest("The seenAt parameter is unsupported");
        }
    }

    /** Returns whether the record that a notification is about still exists. */
    private boolean exists(Notification notification) {
        return notification.subject() == null || context.index.get(notification.subject()) != null;
    }

    private LexMap listNotifications(ViewerCall call) {
        rejectSeenAt(call);
        PrivateState.Account state = context.state.of(call.viewer());
        Boolean requested = call.params().getBoolean("priority");
        boolean priority = requested == null ? state.priority : requested;
        List<String> reasons = call.strings("reasons");
        NavigableMap<Position, Notification> all = notifications.of(call.viewer());
        Instant seenAt = state.seenAt;
        if (seenAt == null && call.optional("cursor") == null) {
            // Accounts that have seen nothing yet are shown one unread notification: the latest.
            seenAt = all.values().stream()
                    .filter(each -> exists(each) && (reasons.isEmpty() || reasons.contains(each.reason())))
                    .findFirst()
                    .map(latest -> latest.position().time())
                    .orElse(null);
        }
        Instant seen = seenAt;
        Page page = Page.of(
                call,
                all,
                each -> (reasons.isEmpty() || reasons.contains(each.reason()))
                                && exists(each)
                                && shown(each, call.viewer(), priority)
                        ? view(each, call.viewer(), seen)
                        : null);
        return page.output("notifications")
                .put("priority", priority)
                .put("seenAt", seen == null ? null : Times.text(seen))
                .build();
    }

    private boolean shown(Notification notification, String viewer, boolean priority) {
        String author = notification.record().did();
        if (context.relationships.blocked(viewer, author)
                || context.relationships.muted(viewer, author)
                || priority && context.relationships.follow(viewer, author) == null) {
            return false;
        }
        String root = PostViews.root(notification.record());
        return !notification.reason().equals("reply")
                || !Refs.did(root).equals(viewer)
                || !context.gates.hidesReply(root, notification.record().uri());
    }

    private @Nullable LexMap view(Notification notification, String viewer, @Nullable Instant seen) {
        IndexedRecord record = notification.record();
        LexMap author = profiles.profile(record.did(), viewer);
        if (author == null) {
            return null;
        }
        return Json.object()
                .put("uri", record.uri())
                .put("cid", record.cid())
                .put("author", author)
                .put("reason", notification.reason())
                .put("reasonSubject", notification.subject())
                .put("record", record.value())
                .put(
                        "isRead",
                        seen == null || seen.isAfter(notification.position().time()))
                .put("indexedAt", Times.text(notification.position().time()))
                .put("labels", context.labels.of(record))
                .build();
    }

    private LexMap getUnreadCount(ViewerCall call) {
        rejectSeenAt(call);
        Instant seenAt = context.state.of(call.viewer()).seenAt;
        Map<Position, Notification> all = notifications.of(call.viewer());
        long count = all.values().stream()
                .filter(each -> seenAt == null || each.position().time().isAfter(seenAt))
                .count();
        return Json.object().put("count", count).build();
    }

    private @Nullable LexMap updateSeen(ViewerCall call) {
        PrivateState.Account state = context.state.of(call.viewer());
        Instant seenAt = Times.parse(call.required("seenAt"));
        if (seenAt != null && (state.seenAt == null || seenAt.isAfter(state.seenAt))) {
            state.seenAt = seenAt;
        }
        return null;
    }
}
