package dev.atlex.session;

import dev.atlex.syntax.Did;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where sessions live between runs of a program. Used by many threads at once.
 *
 * <p>What an implementation throws does not end a session: it goes on with its new tokens, reports, and saves again.
 */
public interface SessionStore {
    /** The account's session, or null if there is none. */
    @Nullable
    SessionData load(Did did);

    /** All sessions, in no particular order. */
    List<SessionData> list();

    /** Saves the account's session in place of the one that was there. When this returns, it is safe. */
    void save(SessionData data);

    /** Removes the account's session, if there is one. */
    void delete(Did did);
}
