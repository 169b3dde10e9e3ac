package dev.atlex.session.pool;

import dev.atlex.session.Session;
import dev.atlex.session.SessionHealth;
import dev.atlex.session.SessionStoreException;
import dev.atlex.syntax.Did;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A source of stored sessions that a pool manages in addition to password sessions. It has at most one session
 * per account.
 * {@code OAuthClient.sessions()} returns one. Implementations must be thread-safe.
 */
public interface SessionSource {
    /**
     * Resumes an account's session without sending a request, or returns null if there is none.
     *
     * @throws SessionStoreException if the store fails, or the session can't be used
     */
    @Nullable
    Session resume(Did did);

    /**
     * Returns the health of an account's session, based only on its entry in the store; null if there is none. Its
     * {@link SessionHealth#lastRefresh} is the time at which its tokens were issued or saved.
     *
     * @throws SessionStoreException if the store fails, or the entry is corrupt
     */
    @Nullable
    SessionHealth health(Did did);

    /**
     * Passes the health of each session, as returned by {@link #health}, to an action. Corrupt entries are logged and
     * skipped.
     *
     * @throws SessionStoreException if the store fails
     */
    void forEachHealth(Consumer<? super SessionHealth> action);

    /**
     * Retries the logouts that servers haven't confirmed yet, if their retry time has come.
     *
     * @return the number of logouts that remain
     * @throws SessionStoreException if the store can't be read
     */
    int finishLogouts();
}
