package dev.atlex.bluesky.internal.notification;

import static java.nio.charset.StandardCharsets.UTF_8;

import app.bsky.notification.ListNotifications.Notification;
import dev.atlex.data.LexInteger;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.internal.Sha256;
import dev.atlex.session.CorruptStoreEntryException;
import dev.atlex.session.store.SavedCursor;
import dev.atlex.syntax.Datetime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The notifications that were handled. This is the content of the cursor: a position in time, the floor, and the keys
 * of the notifications after it that were handled.
 *
 * <p>A time alone isn't enough. The service sorts by a time that the author of a record chooses (the earlier of its
 * {@code createdAt} and its arrival), so a notification may show up late, after newer ones were already handled.
 * Several notifications may have the same time. Finally, the newest handled notification may be deleted, so no single
 * notification can mark the position.
 *
 * <p>A notification is new if it is after the floor and not among the handled ones. The floor rises if there are more
 * than {@link #MAX} handled ones, and when {@link #raise} is called. Immutable.
 */
final class Window {
    /** The maximum number of handled notifications to remember. Each takes about 30 bytes of the entry. */
    static final int MAX = 1000;

    private static final String FLOOR_KEY = "floorKey";
    private static final String HANDLED = "handled";
    private static final int KEY_BYTES = 9;

    /** A notification's position: its time in milliseconds and its key. */
    record Mark(long millis, String key) implements Comparable<Mark> {
        private static final Comparator<Mark> ORDER =
                Comparator.comparingLong(Mark::millis).thenComparing(Mark::key);

        /** An edited post has a different CID, so it counts as a different notification. */
        static Mark of(Notification notification) {
            String text = notification.uri() + " " + notification.cid() + " " + notification.reason();
            byte[] digest = Arrays.copyOf(Sha256.hash(text.getBytes(UTF_8)), KEY_BYTES);
            return new Mark(
                    notification.indexedAt().toInstant().toEpochMilli(),
                    Base64.getUrlEncoder().encodeToString(digest));
        }

        @Override
        public int compareTo(Mark other) {
            return ORDER.compare(this, other);
        }
    }

    private final Mark floor;
    private final TreeSet<Mark> handled;
    private final Set<String> keys;

    private Window(Mark floor, TreeSet<Mark> handled) {
        this.floor = floor;
        this.handled = handled;
        this.keys = new HashSet<>();
        handled.forEach(mark -> keys.add(mark.key()));
    }

    /** Returns a window in which everything from the given time on is new. */
    static Window from(Instant time) {
        return new Window(new Mark(time.toEpochMilli(), ""), new TreeSet<>());
    }

    /**
     * Reads a saved window.
     *
     * @throws CorruptStoreEntryException if it is corrupt
     */
    static Window of(SavedCursor saved) {
        LexMap state = saved.state();
        LexMap marks = state.getMap(HANDLED);
        String key = state.getString(FLOOR_KEY);
        if (!Datetime.isValid(saved.position()) || marks == null || key == null) {
            throw corrupt();
        }
        TreeSet<Mark> handled = new TreeSet<>();
        for (Map.Entry<String, LexValue> mark : marks.entrySet()) {
            if (!(mark.getValue() instanceof LexInteger millis)) {
                throw corrupt();
            }
            handled.add(new Mark(millis.value(), mark.getKey()));
        }
        return new Window(new Mark(Datetime.of(saved.position()).toInstant().toEpochMilli(), key), handled);
    }

    private static CorruptStoreEntryException corrupt() {
        return new CorruptStoreEntryException("can't read the notification cursor: the stored state is corrupt", null);
    }

    /** Returns the floor's time, as the position of the saved cursor. */
    String position() {
        return Datetime.of(floorTime()).toString();
    }

    /** Returns everything but the floor's time, as the state of the saved cursor. */
    LexMap state() {
        LexMap.Builder marks = LexMap.builder();
        handled.forEach(mark -> marks.put(mark.key(), mark.millis()));
        return LexMap.builder()
                .put(FLOOR_KEY, floor.key())
                .put(HANDLED, marks.build())
                .build();
    }

    /** Returns the time before which nothing is new. */
    Instant floorTime() {
        return Instant.ofEpochMilli(floor.millis());
    }

    /** Returns the time of the newest notification that was handled, or null if there is none. */
    @Nullable
    Instant newest() {
        return handled.isEmpty() ? null : Instant.ofEpochMilli(handled.last().millis());
    }

    boolean isFull() {
        return handled.size() >= MAX;
    }

    boolean isNew(Notification notification) {
        Mark mark = Mark.of(notification);
        return mark.compareTo(floor) > 0 && !keys.contains(mark.key());
    }

    /** Returns a copy with one more handled notification. */
    Window with(Notification notification) {
        TreeSet<Mark> more = new TreeSet<>(handled);
        more.add(Mark.of(notification));
        Mark raised = floor;
        while (more.size() > MAX) {
            raised = more.first();
            more.remove(raised);
        }
        return new Window(raised, more);
    }

    /**
     * Returns a copy with the floor raised to the given time, without the handled notifications below it. Never lowers
     * the floor.
     */
    Window raise(Instant time) {
        Mark raised = new Mark(time.toEpochMilli(), "");
        return raised.compareTo(floor) > 0 ? new Window(raised, new TreeSet<>(handled.tailSet(raised))) : this;
    }
}
