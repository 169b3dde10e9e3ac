package dev.atlex.bluesky.internal.post;

import app.bsky.feed.Post;
import app.bsky.notification.ListNotifications.Notification;
import dev.atlex.bluesky.NewPost;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import dev.atlex.syntax.Tid;
import java.time.Instant;

/** The reply to a notification's post, under a key that depends only on that post. */
public final class NotificationReply {
    /** The earliest time at which a post may have been created. */
    private static final Instant EARLIEST = Instant.parse("2022-01-01T00:00:00Z");

    private NotificationReply() {}

    /**
     * Returns a reply to a notification.
     *
     * @throws IllegalArgumentException if the notification isn't about a post
     */
    public static NewPost of(Notification notification, NewPost post) {
        AtUri uri = notification.uri();
        Nsid collection = uri.collection();
        if (!Post.RECORD.collection().equals(collection)) {
            throw new IllegalArgumentException("reply: the notification is not about a post (got "
                    + notification.reason() + " " + uri + "); handle only the reasons mention, reply and quote");
        }
        String key = "reply " + uri + " " + notification.cid();
        NewPost.Builder reply = post.toBuilder().reply(uri);
        Instant time = time(notification);
        return (time.isBefore(EARLIEST) ? reply.key(key) : reply.key(key, time)).build();
    }

    /**
     * Returns the time of the post, the same for each attempt: the time in its record key, or the time that the service
     * sorts by if that is earlier. The author chooses the first, but the second is never in the future.
     */
    private static Instant time(Notification notification) {
        Instant listed = notification.indexedAt().toInstant();
        RecordKey key = notification.uri().recordKey();
        if (key == null || !Tid.isValid(key.toString())) {
            return listed;
        }
        Instant created = Tid.of(key.toString()).toInstant();
        return created.isBefore(listed) ? created : listed;
    }
}
