package dev.atlex.bluesky.notification;

import app.bsky.notification.ListNotifications.Notification;

/** Handles one notification. */
@FunctionalInterface
public interface NotificationHandler {
    /**
     * Handles a notification. It may be called again with the same notification if it throws, or if the process dies
     * before the cursor is saved.
     *
     * @throws Exception if the notification wasn't handled; it is retried, then set aside
     */
    void handle(Notification notification) throws Exception;
}
