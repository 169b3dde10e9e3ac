package dev.atlex.bluesky.notification;

import app.bsky.notification.ListNotifications.Notification;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A notification whose handler failed in every attempt. It stays in the cursor store until it is handled or discarded.
 */
public final class SetAsideNotification {
    private final Notification notification;
    private final int attempts;
    private final Instant failedAt;
    private final String failure;

    /**
     * Creates a notification that was set aside. The consumer calls this constructor.
     *
     * @param attempts the number of failed attempts
     * @param failedAt the time of the last attempt
     * @param failure the class and the message of the last exception
     */
    public SetAsideNotification(Notification notification, int attempts, Instant failedAt, String failure) {
        this.notification = notification;
        this.attempts = attempts;
        this.failedAt = failedAt;
        this.failure = failure;
    }

    /** Returns the notification as it was read. Its record may have been deleted since. */
    public Notification notification() {
        return notification;
    }

    /** Returns the number of failed attempts. */
    public int attempts() {
        return attempts;
    }

    /** Returns the time of the last attempt. */
    public Instant failedAt() {
        return failedAt;
    }

    /** Returns the class and the message of the last exception, at most 500 characters. */
    public String failure() {
        return failure;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SetAsideNotification that
                && notification.equals(that.notification)
                && attempts == that.attempts
                && failedAt.equals(that.failedAt)
                && failure.equals(that.failure);
    }

    @Override
    public int hashCode() {
        return Objects.hash(notification, attempts, failedAt, failure);
    }

    @Override
    public String toString() {
        return "SetAsideNotification[" + notification.reason() + " " + notification.uri() + ", " + attempts
                + " attempts, " + failure + "]";
    }
}
