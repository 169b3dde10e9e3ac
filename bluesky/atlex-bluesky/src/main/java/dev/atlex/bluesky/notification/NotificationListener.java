package dev.atlex.bluesky.notification;

import app.bsky.notification.ListNotifications.Notification;
import dev.atlex.data.ReadProblem;
import java.time.Duration;

/**
 * Receives reports from a consumer, on the consumer's thread. All reports are logged as well. If a listener throws an
 * exception, the exception is logged and otherwise ignored.
 */
public interface NotificationListener {
    /** Ignores all reports. */
    NotificationListener NONE = new NotificationListener() {};

    /**
     * Called when the handler threw and will be called again.
     *
     * @param attempt the number of the failed attempt, from 1
     * @param pause the time until the next attempt
     */
    default void onRetry(Notification notification, int attempt, Duration pause, Throwable failure) {}

    /** Called when a notification was set aside, after the last attempt failed. */
    default void onSetAside(SetAsideNotification notification) {}

    /** Called once for each notification that is invalid and therefore skipped. */
    default void onInvalid(ReadProblem problem) {}

    /**
     * Called when notifications can't be read or the cursor can't be saved.
     *
     * @param pause the time until the next attempt
     */
    default void onFailure(RuntimeException failure, Duration pause) {}
}
