package dev.atlex.bluesky.internal.notification;

import app.bsky.notification.ListNotifications.Notification;
import dev.atlex.bluesky.notification.SetAsideNotification;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.session.CorruptStoreEntryException;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.store.EntryStore.Lease;
import dev.atlex.session.store.SavedCursor;
import dev.atlex.session.store.StreamCursor;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The notifications that were set aside. They are stored as the state of a separate cursor. Thread-safe. */
public final class SetAsideList {
    private static final System.Logger LOG = System.getLogger("dev.atlex.bluesky.notification.Notifications");

    private static final int MAX_ITEMS = 200;
    private static final int MAX_FAILURE = 500;
    private static final int MAX_TRIES = 50;
    private static final String ITEMS = "items";

    private final StreamCursor cursor;

    SetAsideList(StreamCursor cursor) {
        this.cursor = cursor;
    }

    /** Returns the notifications, the oldest failure first. */
    public List<SetAsideNotification> list() {
        return items(cursor.load());
    }

    /**
     * Adds a notification, or replaces it.
     *
     * @return whether there was room for it
     */
    boolean add(Notification notification, int attempts, Instant failedAt, Throwable failure) {
        String text = failure.getClass().getName() + ": " + failure.getMessage();
        SetAsideNotification added = new SetAsideNotification(
                notification, attempts, failedAt, text.substring(0, Math.min(text.length(), MAX_FAILURE)));
        return change(items -> {
            List<SetAsideNotification> changed = without(items, notification);
            changed.add(added);
            return changed.size() <= MAX_ITEMS ? changed : null;
        });
    }

    /**
     * Removes a notification.
     *
     * @return whether it was there
     */
    public boolean remove(Notification notification) {
        return change(items -> {
            List<SetAsideNotification> changed = without(items, notification);
            return changed.size() < items.size() ? changed : null;
        });
    }

    /** Removes all notifications, even if the list is corrupt. */
    public void clear() {
        cursor.discard();
    }

    /** Acquires the lease for retrying the notifications, or returns null if another process holds it. */
    @Nullable
    Lease acquireLease(Duration ttl) throws InterruptedException {
        return cursor.acquireLease(ttl, Duration.ZERO);
    }

    private static List<SetAsideNotification> without(List<SetAsideNotification> items, Notification notification) {
        String key = Window.Mark.of(notification).key();
        List<SetAsideNotification> others = new ArrayList<>(items);
        others.removeIf(item -> Window.Mark.of(item.notification()).key().equals(key));
        return others;
    }

    /**
     * Changes the list, retrying if another writer was faster.
     *
     * @param change a function that returns the new list, or null to leave the list unchanged
     * @return whether it was changed
     */
    private boolean change(Function<List<SetAsideNotification>, @Nullable List<SetAsideNotification>> change) {
        for (int i = 0; i < MAX_TRIES; i++) {
            SavedCursor now = cursor.load();
            List<SetAsideNotification> changed = change.apply(items(now));
            if (changed == null) {
                return false;
            }
            try {
                if (cursor.save(now, changed.size(), state(changed, unreadable(now))) != null) {
                    return true;
                }
            } catch (IllegalArgumentException e) {
                // The list is longer than a store's entry may be.
                return false;
            }
        }
        throw new SessionStoreException(
                "can't change the notifications that were set aside: other writers won " + MAX_TRIES + " times", null);
    }

    /** @param unreadable the unreadable items, which are kept because a newer version may have saved them */
    private static LexMap state(List<SetAsideNotification> items, List<LexValue> unreadable) {
        List<LexValue> values = new ArrayList<>(unreadable);
        for (SetAsideNotification item : items) {
            values.add(LexMap.builder()
                    .put("notification", item.notification().toLexMap())
                    .put("attempts", item.attempts())
                    .put("failedAt", item.failedAt().toEpochMilli())
                    .put("failure", item.failure())
                    .build());
        }
        return LexMap.of(ITEMS, LexArray.copyOf(values));
    }

    private static List<SetAsideNotification> items(@Nullable SavedCursor saved) {
        List<SetAsideNotification> items = new ArrayList<>();
        for (LexValue value : values(saved)) {
            SetAsideNotification item = item(value);
            if (item == null) {
                LOG.log(Level.WARNING, "skipped an unreadable notification among those that were set aside");
            } else {
                items.add(item);
            }
        }
        return items;
    }

    private static List<LexValue> unreadable(@Nullable SavedCursor saved) {
        List<LexValue> unreadable = new ArrayList<>();
        for (LexValue value : values(saved)) {
            if (item(value) == null) {
                unreadable.add(value);
            }
        }
        return unreadable;
    }

    private static Iterable<LexValue> values(@Nullable SavedCursor saved) {
        if (saved == null) {
            return List.of();
        }
        LexArray values = saved.state().getArray(ITEMS);
        if (values == null) {
            throw new CorruptStoreEntryException(
                    "can't read the notifications that were set aside: the stored list is corrupt; "
                            + "call discardSetAside",
                    null);
        }
        return values;
    }

    private static @Nullable SetAsideNotification item(LexValue value) {
        try {
            LexMap map = value instanceof LexMap found ? found : LexMap.of();
            LexMap notification = map.getMap("notification");
            Long attempts = map.getInteger("attempts");
            Long failedAt = map.getInteger("failedAt");
            String failure = map.getString("failure");
            if (notification != null && attempts != null && failedAt != null && failure != null) {
                return new SetAsideNotification(
                        Notification.CODEC.fromValue(notification, ReadOptions.LENIENT),
                        attempts.intValue(),
                        Instant.ofEpochMilli(failedAt),
                        failure);
            }
        } catch (LexException e) {
            // This is treated like an item that lacks a member.
        }
        return null;
    }
}
