package dev.atlex.session.store;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.session.CorruptStoreEntryException;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.persist.CompareAndSet;
import dev.atlex.session.internal.persist.CursorRecord;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Lease;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The cursor of one stream in a {@link CursorStore}. Saving is compare-and-set: if another process saved first, nothing
 * changes, and the caller must load the cursor again. To let one of several processes consume the stream, and another
 * take over when it dies, consume only while holding the {@link #acquireLease lease}.
 */
public final class StreamCursor {
    private final EntryStore store;
    private final String service;
    private final String stream;
    private final Key key;

    StreamCursor(EntryStore store, String service, String stream) {
        this.store = store;
        this.service = service;
        this.stream = stream;
        this.key = CursorRecord.key(service, stream);
    }

    /** Returns the service that provides the stream. */
    public String service() {
        return service;
    }

    /** Returns the name of the stream. */
    public String stream() {
        return stream;
    }

    /**
     * Returns the saved cursor, or null if there is none.
     *
     * @throws CorruptStoreEntryException if the entry is corrupt, until {@link #discard} is called. A corrupt cursor
     *     isn't mistaken for a missing one, even if the store has moved its file away, unless saving a marker in its
     *     place fails.
     * @throws SessionStoreException if the store can't be read
     */
    public @Nullable SavedCursor load() {
        Entry entry;
        try {
            entry = store.load(key);
        } catch (CorruptStoreEntryException e) {
            throw remembered(e);
        }
        return entry == null ? null : saved(entry);
    }

    /**
     * Saves a marker in place of a corrupt entry, because the store may report that entry only once. If saving fails,
     * the next call finds no cursor, as if the corrupt one had never been seen.
     */
    private CorruptStoreEntryException remembered(CorruptStoreEntryException corrupt) {
        try {
            store.save(key, EntryStore.NONE, CursorRecord.corrupt(String.valueOf(corrupt.getMessage())));
        } catch (SessionStoreException e) {
            corrupt.addSuppressed(e);
        }
        return corrupt;
    }

    /**
     * Deletes the cursor, even if it is corrupt.
     *
     * @throws SessionStoreException if the store fails
     */
    public void discard() {
        CompareAndSet.delete(store, key);
    }

    /**
     * Saves a position if the stored cursor is still the expected one.
     *
     * @param expected the cursor that was loaded or saved last, or null if there was none
     * @param position the position
     * @param state other data to store with it; may be empty
     * @return the saved cursor, or null if another one is stored; in that case, nothing has changed
     * @throws SessionStoreException if saving failed, or may have failed
     * @throws IllegalArgumentException if position and state, with the names of service and stream, exceed 4 MiB of
     *     JSON; the store isn't called
     */
    public @Nullable SavedCursor save(@Nullable SavedCursor expected, String position, LexMap state) {
        return save(expected, LexValue.of(position), state);
    }

    /**
     * Like {@link #save(SavedCursor, String, LexMap)}, for a stream with sequence numbers.
     *
     * @throws SessionStoreException if saving failed, or may have failed
     * @throws IllegalArgumentException if the state is too long; the store isn't called
     */
    public @Nullable SavedCursor save(@Nullable SavedCursor expected, long sequence, LexMap state) {
        return save(expected, LexValue.of(sequence), state);
    }

    private @Nullable SavedCursor save(@Nullable SavedCursor expected, LexValue position, LexMap state) {
        String value = new CursorRecord(service, stream, position, state).toJson();
        Entry entry;
        try {
            entry = store.save(key, expected == null ? EntryStore.NONE : expected.generation(), value);
        } catch (CorruptStoreEntryException e) {
            throw remembered(e);
        }
        return entry == null ? null : new SavedCursor(position, state, entry.generation(), entry.savedAt());
    }

    /**
     * Deletes the cursor if it is still the expected one.
     *
     * @return true if there is no cursor now, false if another one is stored
     * @throws SessionStoreException if deleting failed, or may have failed
     */
    public boolean delete(SavedCursor expected) {
        return store.delete(key, expected.generation());
    }

    /**
     * Acquires the cursor's lease, like {@link EntryStore#acquireLease}. Only one process can hold it at a time. Load
     * the cursor after acquiring the lease, because the previous holder may have changed it.
     *
     * @param ttl the longest time that the lease is needed; positive
     * @param maxWait the longest wait for another holder; zero to try once
     * @return the lease, or null if it was still held after {@code maxWait}
     * @throws SessionStoreException if the store fails
     * @throws InterruptedException if the thread is interrupted; in that case, it doesn't hold the lease
     */
    public @Nullable Lease acquireLease(Duration ttl, Duration maxWait) throws InterruptedException {
        return store.acquireLease(key, ttl, maxWait);
    }

    private SavedCursor saved(Entry entry) {
        CursorRecord record = CursorRecord.of(entry, service, stream);
        return new SavedCursor(record.position(), record.state(), entry.generation(), entry.savedAt());
    }

    @Override
    public String toString() {
        return "StreamCursor[" + stream + " at " + service + "]";
    }
}
