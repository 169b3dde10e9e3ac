package dev.atlex.streams.internal.connection;

import static dev.atlex.streams.internal.frame.Decoded.NO_SEQUENCE;

import dev.atlex.data.LexMap;
import dev.atlex.data.internal.Excerpt;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.store.EntryStore.Lease;
import dev.atlex.session.store.SavedCursor;
import dev.atlex.session.store.StreamCursor;
import dev.atlex.streams.StreamException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The stored cursor and its lease. While this object holds the lease, no other process consumes the stream. The lock
 * makes it safe to save from a shutdown hook.
 *
 * <p><b>A lost lease.</b> A process that can't reach the store for a while loses its lease without noticing. So a new
 * holder first saves the cursor unchanged. Saving is compare-and-set, so the next save of the previous holder is
 * refused, and that process stops consuming. Otherwise the first save of the two would win, even if it came from the
 * previous holder.
 *
 * <p><b>An uncertain save.</b> A save that failed may have succeeded, and its response was lost. The next save finds
 * out first. Until then nothing else is written, so there is never more than one uncertain position.
 */
final class CursorKeeper implements AutoCloseable {
    /**
     * The time to live of the lease, which is longer than any stream runs. If the process dies, the store ends the
     * lease earlier.
     */
    private static final Duration LEASE_TTL = Duration.ofDays(365);

    private final ReentrantLock lock = new ReentrantLock();
    private final @Nullable StreamCursor cursor;
    private @Nullable Lease lease;
    private @Nullable SavedCursor saved;

    /** The position of a save that may have failed, or {@code NO_SEQUENCE}. */
    private long uncertain = NO_SEQUENCE;

    /** @param cursor the stored cursor, or null if the stream doesn't have one */
    CursorKeeper(@Nullable StreamCursor cursor) {
        this.cursor = cursor;
    }

    /**
     * Tries to become the only consumer. Doesn't wait if there is another one.
     *
     * @return whether this process consumes the stream now
     * @throws SessionStoreException if the store fails, or the cursor is corrupt
     * @throws StreamException if the cursor isn't a sequence number
     */
    boolean acquire() throws InterruptedException {
        lock.lock();
        try {
            return cursor == null || lease != null || acquire(cursor);
        } finally {
            lock.unlock();
        }
    }

    private boolean acquire(StreamCursor cursor) throws InterruptedException {
        Lease acquired = cursor.acquireLease(LEASE_TTL, Duration.ZERO);
        if (acquired == null) {
            return false;
        }
        boolean loaded = false;
        try {
            saved = claim(cursor);
            uncertain = NO_SEQUENCE;
            loaded = true;
        } finally {
            if (!loaded) {
                acquired.close();
            }
        }
        lease = acquired;
        return true;
    }

    /** Loads the cursor, and saves it unchanged. */
    private static @Nullable SavedCursor claim(StreamCursor cursor) {
        SavedCursor loaded = load(cursor);
        SavedCursor claimed = null;
        while (loaded != null && claimed == null) {
            claimed = cursor.save(loaded, loaded.sequence(), loaded.state());
            if (claimed == null) {
                loaded = load(cursor); // the previous holder has just saved
            }
        }
        return claimed;
    }

    /** Loads the cursor, which may come from a program that uses Strings as positions. */
    private static @Nullable SavedCursor load(StreamCursor cursor) {
        SavedCursor loaded = cursor.load();
        boolean valid;
        try {
            valid = loaded == null || loaded.sequence() >= 0;
        } catch (IllegalStateException e) {
            valid = false;
        }
        if (!valid) {
            throw new StreamException(
                    "load cursor: expected a sequence number of at least 0 (got "
                            + Excerpt.quote(loaded == null ? "" : loaded.position())
                            + "); discard it with StreamCursor.discard()",
                    null);
        }
        return loaded;
    }

    /** Returns the saved position, or {@code NO_SEQUENCE} if there is none. */
    long position() {
        lock.lock();
        try {
            return saved == null ? NO_SEQUENCE : saved.sequence();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Saves a position if it has changed.
     *
     * @return false if another process has saved the cursor, so this one no longer owns the stream
     * @throws SessionStoreException if saving failed, or may have failed
     */
    boolean save(long position) {
        lock.lock();
        try {
            boolean unchanged = position == NO_SEQUENCE || position == position();
            return cursor == null || lease == null || unchanged || save(cursor, position);
        } finally {
            lock.unlock();
        }
    }

    private boolean save(StreamCursor cursor, long position) {
        if (uncertain != NO_SEQUENCE) {
            adoptUncertain(cursor);
        }
        SavedCursor now = write(cursor, position);
        if (now == null && uncertain != NO_SEQUENCE && adoptUncertain(cursor)) {
            now = write(cursor, position); // the store finished the uncertain save only now
        }
        if (now == null) {
            return false;
        }
        saved = now;
        uncertain = NO_SEQUENCE;
        return true;
    }

    /** Returns whether the uncertain save succeeded. In that case, the stored cursor is this process's own. */
    private boolean adoptUncertain(StreamCursor cursor) {
        SavedCursor stored = cursor.load();
        if (stored == null || stored.sequence() != uncertain) {
            return false;
        }
        saved = stored;
        return true;
    }

    private @Nullable SavedCursor write(StreamCursor cursor, long position) {
        try {
            return cursor.save(saved, position, LexMap.of());
        } catch (RuntimeException e) {
            uncertain = position;
            throw e;
        }
    }

    /** Releases the lease, so that another process can take over. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (lease != null) {
                Lease held = lease;
                lease = null;
                held.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
