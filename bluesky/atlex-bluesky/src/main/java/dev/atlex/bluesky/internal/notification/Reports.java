package dev.atlex.bluesky.internal.notification;

import app.bsky.notification.ListNotifications.Notification;
import dev.atlex.bluesky.notification.NotificationListener;
import dev.atlex.bluesky.notification.SetAsideNotification;
import dev.atlex.data.ReadProblem;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Logs events and reports them to the listener. */
final class Reports {
    private static final System.Logger LOG = System.getLogger("dev.atlex.bluesky.notification.Notifications");

    /** The number of invalid notifications to remember, so that each is reported once. */
    private static final int REMEMBERED = 1000;

    private final NotificationListener listener;
    private final Set<Integer> invalid = new LinkedHashSet<>();

    Reports(NotificationListener listener) {
        this.listener = listener;
    }

    void retry(Notification notification, int attempt, Duration pause, Throwable failure) {
        LOG.log(
                Level.WARNING,
                "failed to handle " + notification.reason() + " " + notification.uri() + " (attempt " + attempt
                        + "); retrying in " + pause.toMillis() + " ms",
                failure);
        notify(to -> to.onRetry(notification, attempt, pause, failure));
    }

    void setAside(SetAsideNotification notification) {
        LOG.log(
                Level.ERROR,
                "set aside " + notification.notification().reason() + " "
                        + notification.notification().uri() + " after " + notification.attempts()
                        + " failed attempts; the last: " + notification.failure());
        notify(to -> to.onSetAside(notification));
    }

    /** Reports an invalid notification, unless it was reported before. */
    synchronized void invalid(ReadProblem problem) {
        // Each poll reads the same notification again, at a different index.
        if (invalid.add(problem.value().hashCode())) {
            if (invalid.size() > REMEMBERED) {
                invalid.remove(invalid.iterator().next());
            }
            LOG.log(Level.WARNING, "skipped an invalid notification: " + problem.message());
            notify(to -> to.onInvalid(problem));
        }
    }

    void failure(RuntimeException failure, Duration pause) {
        LOG.log(
                Level.WARNING,
                "failed to handle notifications: " + failure.getMessage() + "; retrying in " + pause.toMillis()
                        + " ms");
        notify(to -> to.onFailure(failure, pause));
    }

    private void notify(Consumer<NotificationListener> report) {
        try {
            report.accept(listener);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the notification listener threw an exception", e);
        }
    }
}
