package dev.atlex.bluesky.notification;

import app.bsky.notification.ListNotifications.Notification;

/** Handles one notification. */
@FunctionalInterface
public interface NotificationHandler {
    /**
     * Handles a notification. It may be called again with the same one: after it threw, or if the process died before
     * the cursor was saved.
     *
     * @throws Exception if the notification was not handled; it is retried, then set aside
     */
    void handle(Notification notification) throws Exception;
}
