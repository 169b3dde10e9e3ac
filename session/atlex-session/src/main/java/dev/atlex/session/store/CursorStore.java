package dev.atlex.session.store;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Stores the positions of consumers in streams, so that a program resumes at the same point after a restart. A cursor
 * belongs to one stream of one service:
 *
 * <pre>{@code
 * CursorStore cursors = CursorStore.file(folder);
 * StreamCursor cursor = cursors.cursor("wss://relay.example.com", "subscribeRepos");
 * SavedCursor last = cursor.load();
 * }</pre>
 *
 * <p>Cursors are entries of the kind {@link EntryStore.Kind#CURSOR}, so any store can hold them, alongside sessions or
 * separately. If the store encrypts its entries, it encrypts cursors too.
 *
 * <p>Instances are immutable and as thread-safe as their store.
 */
public final class CursorStore {
    private final EntryStore store;

    private CursorStore(EntryStore store) {
        this.store = store;
    }

    /**
     * Returns a cursor store in a folder. All processes on a machine can share the folder, and a
     * {@link FileSessionStore} can use the same one. For an encrypted folder, use {@link #of}.
     *
     * @param folder the folder; it is created when the first cursor is saved
     * @throws IllegalArgumentException if the path doesn't belong to the default file system
     */
    public static CursorStore file(Path folder) {
        return new CursorStore(new FileSessionStore(folder));
    }

    /** Returns a cursor store in memory, for tests. Its cursors are lost when the process ends. */
    public static CursorStore memory() {
        return new CursorStore(new MemorySessionStore());
    }

    /**
     * Returns a cursor store on top of another store, such as a {@code PostgresSessionStore} or an encrypted folder.
     */
    public static CursorStore of(EntryStore store) {
        return new CursorStore(Objects.requireNonNull(store, "store"));
    }

    /**
     * Returns the cursor of a stream, without reading or writing anything.
     *
     * @param service the service that provides the stream: its URL, or its DID with or without a fragment; compared
     *     character by character
     * @param stream the name of the stream, and of the consumer if several consume it independently
     * @throws IllegalArgumentException if a name is empty, contains an unpaired surrogate, or is longer than 8,192
     *     characters
     */
    public StreamCursor cursor(String service, String stream) {
        return new StreamCursor(store, service, stream);
    }

    @Override
    public String toString() {
        return "CursorStore[" + store + "]";
    }
}
