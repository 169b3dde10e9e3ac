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
 * <p>Cursors are entries of the kind {@link EntryStore.Kind#CURSOR}, so any store can hold them, next to sessions or
 * apart from them. If the store encrypts its entries, it encrypts cursors too.
 *
 * <p>Instances are immutable and as thread-safe as their store.
 */
public final class CursorStore {
    private final EntryStore store;

    private CursorStore(EntryStore store) {
        this.store = store;
    }

    /**
     * Returns the cursors in a folder. All processes of a machine can share it. It may be the folder of a
     * {@link FileSessionStore}; an encrypted one needs {@link #of}.
     *
     * @param folder the folder; it is created when the first cursor is saved
     * @throws IllegalArgumentException if the path does not belong to the default file system
     */
    public static CursorStore file(Path folder) {
        return new CursorStore(new FileSessionStore(folder));
    }

    /** Returns cursors in memory, for tests. They are lost with the process. */
    public static CursorStore memory() {
        return new CursorStore(new MemorySessionStore());
    }

    /** Returns the cursors in a store, such as a {@code PostgresSessionStore} or an encrypted folder. */
    public static CursorStore of(EntryStore store) {
        return new CursorStore(Objects.requireNonNull(store, "store"));
    }

    /**
     * Returns the cursor of a stream. Nothing is read or written yet.
     *
     * @param service the service that provides the stream: its URL, or its DID with or without a fragment; compared
     *     character by character
     * @param stream the name of the stream, and of the consumer if several consume it independently
     * @throws IllegalArgumentException if a name is empty, contains an unpaired surrogate, or exceeds 8,192 characters
     */
    public StreamCursor cursor(String service, String stream) {
        return new StreamCursor(store, service, stream);
    }

    @Override
    public String toString() {
        return "CursorStore[" + store + "]";
    }
}
