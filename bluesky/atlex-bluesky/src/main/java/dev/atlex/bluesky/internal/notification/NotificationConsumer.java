package dev.atlex.bluesky.internal.notification;

import app.bsky.notification.ListNotifications.Notification;
import app.bsky.notification.UpdateSeen;
import dev.atlex.bluesky.internal.notification.NotificationFeed.Page;
import dev.atlex.bluesky.notification.NotificationHandler;
import dev.atlex.bluesky.notification.NotificationOptions;
import dev.atlex.bluesky.notification.SetAsideNotification;
import dev.atlex.bluesky.notification.StartPosition;
import dev.atlex.client.Agent;
import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.client.InvalidItems;
import dev.atlex.client.RateLimit;
import dev.atlex.session.CorruptStoreEntryException;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.store.CursorStore;
import dev.atlex.session.store.EntryStore.Lease;
import dev.atlex.session.store.SavedCursor;
import dev.atlex.session.store.StreamCursor;
import dev.atlex.syntax.Did;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads notifications and passes each to a handler at least once.
 *
 * <p>Work is done in <b>turns</b>: load the cursor, find the new notifications, handle them from the oldest to the
 * newest, and save the cursor after each. Only the lease is kept between turns, so a process that was restarted or
 * takes over does the same as one that continues. If another process has saved the cursor, the turn ends.
 *
 * <p>A <b>failure</b> of the handler concerns either one notification, or the account or the network
 * ({@link Failures}). In the first case, the notification is retried and then set aside. In the second case, the turn
 * ends. Before a notification is set aside, notifications are read once more: if that fails too, the network is the
 * problem.
 */
public final class NotificationConsumer {
    private static final String SERVICE = "app.bsky.notification";

    /** The time for which a lease is used before it is released. It must not expire while it is in use. */
    private static final Duration LEASE_USE = Duration.ofMinutes(5);

    private static final Duration LEASE_TTL = Duration.ofMinutes(10);
    private static final Duration LEASE_WAIT = Duration.ofSeconds(2);

    /**
     * The maximum delay before a notification is listed. Authors' clocks may be off by hours, and the index lags behind
     * at times.
     */
    private static final Duration LOOKBACK = Duration.ofDays(3);

    /** The time between two searches of the whole lookback period. */
    private static final Duration DEEP_INTERVAL = Duration.ofMinutes(10);

    private static final Duration FLOOR_STEP = Duration.ofHours(1);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);

    /** The earliest time that a {@link dev.atlex.syntax.Datetime} can express. */
    private static final Instant OLDEST = Instant.parse("0000-01-01T00:00:00Z");

    private final Client client;
    private final NotificationOptions options;
    private final Timing timing;
    private final StreamCursor cursor;
    private final SetAsideList setAside;
    private final NotificationFeed feed;
    private final Reports reports;
    private final Backoff backoff;
    private final Run run = new Run();
    /**
     * When the whole lookback period was last searched, or null if it must be searched next. Used by the run's thread.
     */
    private @Nullable Long deepAt;

    /** The number of turns that have failed since the last successful one. Used by the run's thread. */
    private int failures;

    /** @throws IllegalArgumentException if the agent isn't signed in */
    public NotificationConsumer(Agent agent, NotificationOptions options, Timing timing) {
        Did did = agent.did();
        if (did == null) {
            throw new IllegalArgumentException("notifications: the agent is not signed in; pass a session");
        }
        CursorStore store = options.cursor() == null ? CursorStore.memory() : options.cursor();
        String stream = did + ":" + options.name();
        this.client = new Client(agent, CallOptions.of(o -> o.invalidItems(InvalidItems.SKIP)));
        this.options = options;
        this.timing = timing;
        this.cursor = store.cursor(SERVICE, stream);
        this.setAside = new SetAsideList(store.cursor(SERVICE + "#setAside", stream));
        this.reports = new Reports(options.listener());
        this.feed = new NotificationFeed(client, options.reasons(), options.fromFollowedOnly(), reports::invalid);
        this.backoff = new Backoff(timing);
    }

    /** Returns the notifications that were set aside. */
    public SetAsideList setAside() {
        return setAside;
    }

    /** Passes notifications to the handler until the run is closed or the thread is interrupted. */
    public void forEach(NotificationHandler handler) {
        run.enter("forEach");
        try {
            while (!run.isClosed()) {
                try {
                    useLease(handler);
                } catch (RuntimeException e) {
                    if (run.isClosed() || Thread.currentThread().isInterrupted()) {
                        return;
                    }
                    if (!Failures.isTemporary(e)) {
                        throw e;
                    }
                    Duration pause = backoff.after(failures++, Failures.retryAt(e));
                    reports.failure(e, pause);
                    pause(pause);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            run.exit();
        }
    }

    /** Takes turns for as long as one lease may be used. Afterward, another process may acquire it. */
    private void useLease(NotificationHandler handler) throws InterruptedException {
        try (Lease lease = cursor.acquireLease(LEASE_TTL, LEASE_WAIT)) {
            Turn turn = new Turn(handler, true);
            while (lease != null && turn.mayContinue()) {
                turn.take();
                failures = 0;
                pause(backoff.untilNextPoll(options.interval(), turn.limit));
            }
        }
    }

    /** Takes one turn. Returns the number of notifications that were handled or set aside. */
    public int pollOnce(NotificationHandler handler) {
        run.enter("pollOnce");
        Turn turn = new Turn(handler, false);
        try (Lease lease = cursor.acquireLease(LEASE_TTL, Duration.ZERO)) {
            if (lease != null) {
                turn.take();
            }
            return turn.handled;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return turn.handled;
        } catch (RuntimeException e) {
            if (run.isClosed()) {
                return turn.handled;
            }
            throw e;
        } finally {
            run.exit();
        }
    }

    /** Passes the notifications that were set aside to a handler, once each. */
    public int retrySetAside(NotificationHandler handler) {
        int handled = 0;
        try (Lease lease = setAside.acquireLease(LEASE_TTL)) {
            for (SetAsideNotification item : lease == null ? List.<SetAsideNotification>of() : setAside.list()) {
                Throwable failure = call(handler, item.notification());
                if (failure == null) {
                    setAside.remove(item.notification());
                    handled++;
                } else {
                    setAside.add(
                            item.notification(),
                            item.attempts() + 1,
                            timing.clock().instant(),
                            failure);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return handled;
    }

    /**
     * Replaces the cursor, which may be corrupt.
     *
     * @return false if another process has saved a cursor in the meantime
     */
    public boolean restartFrom(Instant time) {
        cursor.discard();
        Window window = Window.from(time);
        return cursor.save(null, window.position(), window.state()) != null;
    }

    private @Nullable SavedCursor load() {
        try {
            return cursor.load();
        } catch (CorruptStoreEntryException e) {
            throw unreadable(e);
        }
    }

    private static Window window(SavedCursor saved) {
        try {
            return Window.of(saved);
        } catch (CorruptStoreEntryException e) {
            throw unreadable(e);
        }
    }

    private static CorruptStoreEntryException unreadable(CorruptStoreEntryException cause) {
        return new CorruptStoreEntryException(
                "notifications: it is unknown which were handled; call restartFrom with the time to continue from ("
                        + cause.getMessage() + ")",
                cause);
    }

    /** Marks notifications as seen up to the newest one that was handled. */
    public void markSeen() {
        SavedCursor saved = load();
        Instant newest = saved == null ? null : window(saved).newest();
        if (newest != null) {
            // The AppView marks the notifications before this time as seen.
            client.call(UpdateSeen.PROCEDURE, i -> i.seenAt(newest.plusMillis(1)));
        }
    }

    /** Stops the run and waits for it to end. */
    public void close() {
        run.close(CLOSE_WAIT);
    }

    private Page read(@Nullable String at) {
        return run.interruptibly(() -> feed.read(at));
    }

    private void pause(Duration pause) throws InterruptedException {
        if (!run.isClosed()) {
            timing.sleeper().sleep(pause, run);
        }
    }

    private Duration elapsed(long since) {
        return Duration.ofNanos(timing.nanoTime().getAsLong() - since);
    }

    /**
     * Calls a handler.
     *
     * @return the failure of this notification, or null if it was handled
     * @throws InterruptedException if the handler was interrupted
     * @throws RuntimeException if the account or its rate limit is the problem
     */
    private static @Nullable Throwable call(NotificationHandler handler, Notification notification)
            throws InterruptedException {
        try {
            handler.handle(notification);
            return null;
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
            if (e instanceof Error error && !Failures.concernsNotification(e)) {
                throw error;
            }
            if (e instanceof RuntimeException failure && Failures.concernsAccount(e)) {
                throw failure;
            }
            return e;
        }
    }

    /** The work under one lease. */
    private final class Turn {
        private final NotificationHandler handler;
        private final boolean patient;
        private final long since = timing.nanoTime().getAsLong();
        private int handled;
        private @Nullable RateLimit limit;

        /** @param patient whether to wait until the cursor can be saved */
        private Turn(NotificationHandler handler, boolean patient) {
            this.handler = handler;
            this.patient = patient;
        }

        private boolean mayContinue() {
            return !run.isClosed() && elapsed(since).compareTo(LEASE_USE) < 0;
        }

        private void take() throws InterruptedException {
            SavedCursor saved = load();
            if (saved == null) {
                saved = start();
                if (saved == null || isFromNow()) {
                    return;
                }
            }
            Window window = window(saved);
            Long last = deepAt;
            boolean deep = last == null || elapsed(last).compareTo(DEEP_INTERVAL) >= 0;
            long now = timing.nanoTime().getAsLong();
            Backlog backlog = Backlog.find(NotificationConsumer.this::read, window, deep);
            limit = backlog.limit();
            while (!backlog.isEmpty()) {
                for (Notification notification : backlog.next()) {
                    if (!window.isNew(notification)) {
                        continue;
                    }
                    if (!mayContinue() || !attempt(notification)) {
                        return;
                    }
                    window = window.with(notification);
                    saved = save(saved, window);
                    if (saved == null) {
                        return;
                    }
                    handled++;
                }
            }
            if (deep) {
                deepAt = backlog.isLong() ? null : now;
                raise(saved, window, backlog.servedAt());
            }
        }

        private boolean isFromNow() {
            return options.startTime() == null && options.start() == StartPosition.NOW;
        }

        /** Saves the first cursor. Returns null if another process saved one first. */
        private @Nullable SavedCursor start() {
            Instant time = options.startTime();
            Window window = isFromNow() ? listed() : Window.from(time == null ? OLDEST : time);
            return cursor.save(null, window.position(), window.state());
        }

        /** Returns a window in which all notifications that are listed now count as handled. */
        private Window listed() {
            Page page = read(null);
            Instant now = page.servedAt() == null ? timing.clock().instant() : page.servedAt();
            Window first = Window.from(now.minus(LOOKBACK));
            Window window = first;
            Set<String> seen = new HashSet<>();
            while (true) {
                for (Notification notification : page.items()) {
                    if (window.isNew(notification)) {
                        window = window.with(notification);
                    }
                }
                String next = page.next();
                boolean isFull = window.floorTime().isAfter(first.floorTime());
                if (next == null || isFull || page.isBelow(first.floorTime()) || !seen.add(next)) {
                    return window;
                }
                page = read(next);
            }
        }

        /** Raises the floor as time passes, so that it doesn't fall behind in quiet months. */
        private void raise(SavedCursor saved, Window window, @Nullable Instant servedAt) {
            if (servedAt != null) {
                Window raised = window.raise(servedAt.minus(LOOKBACK));
                Duration step = Duration.between(window.floorTime(), raised.floorTime());
                if (step.compareTo(FLOOR_STEP) >= 0) {
                    cursor.save(saved, raised.position(), raised.state());
                }
            }
        }

        /**
         * Calls the handler until it succeeds or the notification is set aside.
         *
         * @return whether the cursor may move past it; false if the run was closed
         */
        private boolean attempt(Notification notification) throws InterruptedException {
            for (int attempt = 1; ; attempt++) {
                Throwable failure = call(handler, notification);
                if (failure == null) {
                    return true;
                }
                if (run.isClosed()) {
                    return false;
                }
                if (attempt == options.attempts()) {
                    // This throws if the service can't be reached. In that case, the notification isn't the
                    // problem.
                    read(null);
                    setAside(notification, attempt, failure);
                    return true;
                }
                Duration pause = backoff.after(attempt - 1, null);
                reports.retry(notification, attempt, pause, failure);
                pause(pause);
                if (run.isClosed()) {
                    return false;
                }
            }
        }

        private void setAside(Notification notification, int attempts, Throwable failure) {
            Instant now = timing.clock().instant();
            if (!setAside.add(notification, attempts, now, failure)) {
                throw new SessionStoreException(
                        "can't set aside " + notification.uri() + ": the list is full; call retrySetAside or discard",
                        failure);
            }
            reports.setAside(new SetAsideNotification(notification, attempts, now, String.valueOf(failure)));
        }

        private @Nullable SavedCursor save(SavedCursor saved, Window window) throws InterruptedException {
            for (int failures = 0; ; failures++) {
                try {
                    return cursor.save(saved, window.position(), window.state());
                } catch (SessionStoreException e) {
                    if (!patient || run.isClosed() || e instanceof CorruptStoreEntryException) {
                        throw e;
                    }
                    // The notification was handled. Waiting here prevents handling it again.
                    Duration pause = backoff.after(failures, null);
                    reports.failure(e, pause);
                    pause(pause);
                }
            }
        }
    }

    @Override
    public String toString() {
        return cursor.stream();
    }
}
