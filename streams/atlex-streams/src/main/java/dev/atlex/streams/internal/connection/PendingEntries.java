package dev.atlex.streams.internal.connection;

import static dev.atlex.streams.internal.frame.Decoded.NO_SEQUENCE;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The unfinished entries in order of arrival, and those that were finished before an earlier one. Finished entries are
 * removed from the head, so the sequence number of the last removed entry is the position: the highest number up to
 * which all events are finished. The lock of the {@link EventQueue} guards this object.
 *
 * @param <E> the type of the events
 */
final class PendingEntries<E> {
    private final ArrayDeque<Entry<E>> entries = new ArrayDeque<>();
    private long bytes;
    private long position = NO_SEQUENCE;

    void add(Entry<E> entry) {
        entries.add(entry);
        bytes += entry.frame().size() + Entry.OVERHEAD;
    }

    /** Adds an event that is finished already. Several in a row take the space of one. */
    void addFinished(long sequence) {
        if (entries.isEmpty()) {
            position = sequence;
            return;
        }
        if (entries.getLast().finished) {
            entries.removeLast();
        } else {
            bytes += Entry.OVERHEAD;
        }
        Entry<E> entry = Entry.skipped(sequence);
        entry.finished = true;
        entries.add(entry);
    }

    /** Marks an entry as finished and moves the position. Does nothing if it is finished already. */
    void finish(Entry<E> entry) {
        if (entry.finished) {
            return;
        }
        entry.finished = true;
        bytes -= entry.shrink();
        while (!entries.isEmpty() && entries.peek().finished) {
            bytes -= Entry.OVERHEAD;
            long sequence = entries.poll().sequence;
            position = sequence == NO_SEQUENCE ? position : sequence;
        }
    }

    /** Drops all entries and sets the position. Handlers of these entries don't move it anymore. */
    void restart(long at) {
        entries.forEach(entry -> entry.finished = true);
        entries.clear();
        bytes = 0;
        position = at;
    }

    /** Returns the highest sequence number up to which all events are finished, or {@code NO_SEQUENCE}. */
    long position() {
        return position;
    }

    int size() {
        return entries.size();
    }

    /** Returns the size of all entries, in bytes. */
    long bytes() {
        return bytes;
    }

    /** Returns the entry that arrived first, or null if there is none. */
    @Nullable
    Entry<E> oldest() {
        return entries.peek();
    }
}
