package dev.atlex.session;

import dev.atlex.client.Agent;
import dev.atlex.client.transport.TransportException;
import dev.atlex.syntax.Did;
import java.net.URI;
import java.time.Duration;

/**
 * An account's session, regardless of how the account signed in: a {@link PasswordSession} or an {@code OAuthSession}.
 * It is the account's {@link Agent}. Sessions are thread-safe.
 *
 * <p>Don't implement this interface: new versions may add methods.
 */
public interface Session extends Agent, AutoCloseable {
    /** Returns the account's DID, even after the session has ended. */
    @Override
    Did did();

    /**
     * Returns the URL of the server that requests are sent to. Doesn't wait for a refresh in progress. Works even after
     * the session has ended.
     */
    URI target();

    /** Returns the session's health without contacting a server, even after the session has ended. */
    SessionHealth health();

    /** Returns whether the session has ended. */
    boolean isEnded();

    /** Returns whether the store has the session's latest tokens. If not, saving is retried when the session is used. */
    boolean isSaved();

    /**
     * Returns whether the access token is known to have expired or will expire within seconds.
     *
     * @throws SessionException if the session has ended
     */
    boolean isExpired();

    /**
     * Refreshes the tokens, even if they haven't expired.
     *
     * @return the result: whether there are new tokens, and the transient failure if there was one
     * @throws SessionException if the session has ended, or the account can't be used
     */
    RefreshResult refresh();

    /**
     * Saves data that the store hasn't accepted yet. Does nothing if another thread is refreshing or ending the
     * session. Failures are reported to the listener, not thrown.
     *
     * @return whether everything is saved ({@link #isSaved})
     */
    boolean save();

    /**
     * Waits for a refresh or logout in progress, then saves like {@link #save()}.
     *
     * @param maxWait the longest wait
     * @return whether everything is saved ({@link #isSaved})
     * @throws TransportException if the wait times out or the thread is interrupted; the interrupt flag stays set
     */
    boolean save(Duration maxWait);

    /**
     * Ends the session here and at its server.
     *
     * @return whether the server has confirmed the logout; if false, the revocation is queued in the store
     * @throws dev.atlex.data.LexException if the revocation fails and can't be queued; the session stays valid, and the
     *     logout can be retried
     */
    boolean logout();

    /** Closes the session. A session that can be resumed later stays signed in. Never throws. */
    @Override
    void close();
}
