package dev.atlex.session.pool;

import dev.atlex.session.Session;
import dev.atlex.session.SessionHealth;
import dev.atlex.session.SessionStoreException;
import dev.atlex.syntax.Did;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stored sessions that a pool manages in addition to those with an app password, at most one for each account.
 * {@code OAuthClient.sessions()} returns one. Implementations must be thread-safe.
 */
public interface SessionSource {
    /**
     * Resumes an account's session, without a request. Returns null if there is none.
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
     * Passes the health of each session to an action, as {@link #health} returns it. Corrupt entries are logged and
     * skipped.
     *
     * @throws SessionStoreException if the store fails
     */
    void forEachHealth(Consumer<? super SessionHealth> action);

    /**
     * Retries the logouts that servers haven't confirmed yet, unless their retry time is still ahead.
     *
     * @return the number of logouts that remain
     * @throws SessionStoreException if the store can't be read
     */
    int finishLogouts();
}
