package dev.atlex.bluesky.internal.notification;

import app.bsky.notification.ListNotifications.Notification;
import dev.atlex.bluesky.internal.notification.NotificationFeed.Page;
import dev.atlex.client.RateLimit;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The new notifications in a window. They are found by reading pages from the newest to the oldest, and returned from
 * the oldest to the newest. Only the oldest pages are kept in memory. In a long backlog, the newer pages are read again
 * when their turn comes.
 */
final class Backlog {
    private static final System.Logger LOG = System.getLogger("dev.atlex.bluesky.notification.Notifications");

    /** The maximum number of pages to keep in memory, about 2,000 notifications. */
    private static final int KEPT = 20;

    /**
     * The maximum number of consecutive empty pages. Servers filter pages, so several may be empty in a row, but a
     * server that sends more than this is broken.
     */
    private static final int MAX_EMPTY = 200;

    private record Pending(@Nullable String cursor, List<Notification> items) {}

    private final Function<@Nullable String, Page> read;
    /** The oldest pages with new notifications, oldest first. */
    private final Deque<Pending> kept = new ArrayDeque<>();

    /** The pages newer than the kept ones, oldest first, without their notifications. */
    private final Deque<Pending> dropped = new ArrayDeque<>();

    private @Nullable Instant servedAt;
    private @Nullable RateLimit limit;
    private boolean isLong;

    private Backlog(Function<@Nullable String, Page> read) {
        this.read = read;
    }

    /**
     * Finds the new notifications.
     *
     * @param read reads the page at a cursor
     * @param deep whether to read down to the window's floor. If not, a page without new notifications ends the search.
     */
    static Backlog find(Function<@Nullable String, Page> read, Window window, boolean deep) {
        Backlog backlog = new Backlog(read);
        backlog.search(window, deep);
        return backlog;
    }

    private void search(Window window, boolean deep) {
        Set<String> seen = new HashSet<>();
        String cursor = null;
        int empty = 0;
        while (true) {
            Page page = read.apply(cursor);
            limit = page.limit();
            if (cursor == null) {
                servedAt = page.servedAt();
            }
            List<Notification> fresh =
                    page.items().stream().filter(window::isNew).toList();
            if (!fresh.isEmpty()) {
                push(new Pending(cursor, fresh));
            }
            empty = page.items().isEmpty() ? empty + 1 : 0;
            boolean known = !page.items().isEmpty() && fresh.isEmpty();
            if (page.next() == null || page.isBelow(window.floorTime()) || !deep && known) {
                return;
            }
            cursor = page.next();
            if (empty == MAX_EMPTY || !seen.add(cursor)) {
                LOG.log(
                        Level.WARNING,
                        "listNotifications: stopped paging, because the server repeats cursors or empty pages");
                return;
            }
        }
    }

    private void push(Pending page) {
        kept.addFirst(page);
        if (kept.size() > KEPT) {
            dropped.addFirst(new Pending(kept.removeLast().cursor(), List.of()));
            isLong = true;
        }
    }

    /** Returns whether there are no further notifications. */
    boolean isEmpty() {
        return kept.isEmpty() && dropped.isEmpty();
    }

    /**
     * Returns the next notifications, oldest first. The list may be empty, and may contain notifications that were
     * already handled.
     */
    List<Notification> next() {
        List<Notification> items = kept.isEmpty()
                ? read.apply(dropped.removeFirst().cursor()).items()
                : kept.removeFirst().items();
        return items.stream().sorted(Comparator.comparing(Window.Mark::of)).toList();
    }

    /** Returns the server's time when the search began, or null if unknown. */
    @Nullable
    Instant servedAt() {
        return servedAt;
    }

    /** Returns the rate limit after the search, or null if unknown. */
    @Nullable
    RateLimit limit() {
        return limit;
    }

    /** Returns whether pages were read twice. Notifications may have moved from one page to another in between. */
    boolean isLong() {
        return isLong;
    }
}
