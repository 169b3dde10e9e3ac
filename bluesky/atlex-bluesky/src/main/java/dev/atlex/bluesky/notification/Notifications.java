package dev.atlex.bluesky.notification;

import dev.atlex.bluesky.internal.notification.NotificationConsumer;
import dev.atlex.bluesky.internal.notification.Timing;
import dev.atlex.client.Agent;
import dev.atlex.session.CorruptStoreEntryException;
import dev.atlex.session.SessionEndedException;
import dev.atlex.session.SessionStoreException;
import java.time.Instant;
import java.util.List;

/**
 * Passes each of an account's notifications to a handler, at least once:
 *
 * <pre>{@code
 * try (Notifications mentions = bsky.notifications(n -> n.reasons("mention").cursor(CursorStore.file(folder)))) {
 *     mentions.forEach(mention -> bsky.reply(mention, "Hello!"));
 * }
 * }</pre>
 *
 * <p><b>At least once.</b> The cursor moves past a notification after the handler returns. If the process dies before
 * the cursor is saved, the next process handles the notification again. {@code Bluesky.reply} is safe to repeat: it
 * creates the same reply only once, no matter how often it is called.
 *
 * <p><b>Order.</b> Notifications are handled one at a time, oldest first. A notification that the service lists late,
 * with an earlier time, is handled when it appears. To recognize it, the consumer remembers the last 1,000 handled
 * notifications for 3 days.
 *
 * <p><b>Failures.</b> If the handler throws, it is called again after a pause. After 5 failed calls by default, the
 * notification is {@linkplain #setAside set aside}, and the next one is handled. While the service can't be reached or
 * limits the rate of requests, the consumer waits and sets nothing aside.
 *
 * <p><b>Sharing.</b> Several processes can share a cursor. Only one of them handles notifications at a time; if it
 * dies, another takes over.
 *
 * <p>The consumer doesn't mark notifications as seen, and doesn't depend on whether they were seen; see
 * {@link #markSeen}.
 *
 * <p>Any thread can call {@link #close}. Only one {@link #forEach} or {@link #pollOnce} can run at a time.
 *
 * @see <a href="https://docs.bsky.app/docs/api/app-bsky-notification-list-notifications">listNotifications</a>
 */
public final class Notifications implements AutoCloseable {
    private final NotificationConsumer consumer;

    private Notifications(NotificationConsumer consumer) {
        this.consumer = consumer;
    }

    /**
     * Returns a consumer for the account that an agent is signed in to, without sending a request.
     *
     * @throws IllegalArgumentException if the agent isn't signed in
     */
    public static Notifications of(Agent agent, NotificationOptions options) {
        return new Notifications(new NotificationConsumer(agent, options, Timing.SYSTEM));
    }

    /**
     * Passes notifications to a handler until this object is closed or the thread is interrupted; the interrupt flag
     * stays set. While another process holds the cursor's lease, this method waits for the lease.
     *
     * @throws SessionEndedException if the account is no longer signed in
     * @throws CorruptStoreEntryException if the saved cursor can't be decoded; see {@link #restartFrom}
     * @throws dev.atlex.client.XrpcResponseException if the service refuses to list notifications, and retrying doesn't
     *     help
     * @throws IllegalStateException if this object is closed or already in use
     */
    public void forEach(NotificationHandler handler) {
        consumer.forEach(handler);
    }

    /**
     * Passes all new notifications to a handler and then returns. Use it with schedulers and in tests. Does nothing if
     * another process holds the cursor's lease. The first call with {@link StartPosition#NOW} only saves the cursor.
     * After 5 minutes, no further notifications are handled; the next call continues.
     *
     * @return the number of notifications that were handled or set aside
     * @throws dev.atlex.client.XrpcException if the service can't be reached, limits the rate of requests or refuses
     *     the request; notifications handled so far stay handled
     * @throws SessionStoreException if the cursor can't be loaded or saved
     * @throws IllegalStateException if this object is closed or already in use
     */
    public int pollOnce(NotificationHandler handler) {
        return consumer.pollOnce(handler);
    }

    /**
     * Replaces the saved cursor, for example because it is corrupt. {@link #forEach} and {@link #pollOnce} throw a
     * {@link CorruptStoreEntryException} until then, because it is unknown which notifications were handled. All
     * notifications after the time are handled, even if they were handled before; {@code Bluesky.reply} doesn't repeat
     * its replies. Those that were {@linkplain #setAside set aside} stay on the list.
     *
     * @param time the time of the first notification to handle
     * @return whether the cursor was replaced; false if another process has saved one in the meantime
     * @throws SessionStoreException if the store can't be written
     */
    public boolean restartFrom(Instant time) {
        return consumer.restartFrom(time);
    }

    /**
     * Returns the notifications that were set aside, oldest failure first. The list holds at most 200 notifications and
     * 4 MiB. While it is full, the consumer keeps retrying the notification that it would otherwise set aside.
     *
     * @throws CorruptStoreEntryException if the list is corrupt; see {@link #discardSetAside}
     * @throws SessionStoreException if the store can't be read
     */
    public List<SetAsideNotification> setAside() {
        return consumer.setAside().list();
    }

    /**
     * Removes all notifications that were set aside, even if the list is corrupt.
     *
     * @throws SessionStoreException if the store can't be written
     */
    public void discardSetAside() {
        consumer.setAside().clear();
    }

    /**
     * Passes each notification that was set aside to a handler once. Those that it handles successfully are removed
     * from the list. Does nothing if another process is already retrying them.
     *
     * @return the number of notifications that were handled
     * @throws SessionStoreException if the store can't be read or written
     */
    public int retrySetAside(NotificationHandler handler) {
        return consumer.retrySetAside(handler);
    }

    /**
     * Removes a notification from the list of those set aside, without handling it.
     *
     * @return whether it was on the list
     * @throws SessionStoreException if the store can't be read or written
     */
    public boolean discard(SetAsideNotification notification) {
        return consumer.setAside().remove(notification.notification());
    }

    /**
     * Marks the account's notifications as seen, up to the newest one that was handled. The app shows newer ones as
     * unread. Does nothing if none has been handled yet.
     *
     * @throws dev.atlex.client.XrpcException if the call fails
     * @see <a href="https://docs.bsky.app/docs/api/app-bsky-notification-update-seen">updateSeen</a>
     */
    public void markSeen() {
        consumer.markSeen();
    }

    /**
     * Stops {@link #forEach}. A handler in progress finishes, and its notification counts as handled. A request in
     * progress is aborted. Waits up to 10 seconds for this, unless the handler itself calls this method.
     */
    @Override
    public void close() {
        consumer.close();
    }

    @Override
    public String toString() {
        return "Notifications[" + consumer + "]";
    }
}
