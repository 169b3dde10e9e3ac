package dev.atlex.session.store;

import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.persist.CompareAndSet;
import dev.atlex.session.internal.persist.SessionRecord;
import dev.atlex.syntax.Did;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sessions between runs of a program, and lets several programs share an account: one of them refreshes the
 * tokens, and the others pick up the new ones. {@link FileSessionStore} keeps them in a folder, {@link
 * MemorySessionStore} in memory, and {@code PostgresSessionStore} from {@code atlex-session-postgres} keeps them in a
 * database.
 *
 * <p>Pass a store to {@link PasswordSession#open} or to an account pool; both load and save sessions themselves. Use
 * the methods of this interface to list, import, export and delete sessions. The methods inherited from
 * {@link EntryStore} are for implementations of stores.
 *
 * <p>If a store throws an exception, the session doesn't end. It keeps using its new tokens, reports the failure, and
 * saves the tokens later.
 *
 * <p>To write your own store, implement the five operations of {@link EntryStore}, and test them with
 * {@code SessionStoreTck} from {@code atlex-session-tck}.
 */
public interface SessionStore extends EntryStore {
    /**
     * Returns an account's session, or null if there is none.
     *
     * @throws SessionStoreException if the store can't be read, or the entry is corrupt
     */
    default @Nullable SessionData load(Did did) {
        Entry entry = load(Key.session(did));
        return entry == null ? null : SessionRecord.of(entry).data();
    }

    /**
     * Returns all sessions, in no particular order. A corrupt entry is logged and skipped. For a large number of
     * sessions, use {@link #forEach}, which holds one entry in memory at a time.
     *
     * @throws SessionStoreException if the store can't be read
     */
    default List<SessionData> list() {
        List<SessionData> sessions = new ArrayList<>();
        forEach(Kind.SESSION, entry -> {
            SessionRecord stored = SessionRecord.readable(entry);
            if (stored != null) {
                sessions.add(stored.data());
            }
        });
        return sessions;
    }

    /**
     * Saves a session, for example one that another program exported. Replaces the account's stored session, if any.
     *
     * @throws SessionStoreException if the session can't be saved, or if other writers change the entry first, 200
     *     times in a row
     */
    default void save(SessionData data) {
        Key key = Key.session(data.did());
        String value = new SessionRecord(data, List.of()).toJson();
        CompareAndSet.replace(this, key, now -> value);
    }

    /**
     * Deletes an account's session from the store, if there is one. The session stays valid on its server: to end it
     * there, call {@link PasswordSession#logout}.
     *
     * @throws SessionStoreException if the session can't be deleted, or if other writers change the entry first, 200
     *     times in a row
     */
    default void delete(Did did) {
        CompareAndSet.delete(this, Key.session(did));
    }
}
