package dev.atlex.session;

/**
 * Receives a session's changes. Each method gets the session and its data, and does nothing by default. A session's
 * hooks are called one at a time, on the thread of the call that caused the change. Whatever they throw, errors
 * included, is logged by its class, without its message, and doesn't affect the session.
 *
 * <p>Hooks may use the session. It sends their calls with the tokens that it has then, and doesn't refresh within a
 * refresh. They must not wait for another thread that uses it, because that thread waits for them.
 *
 * <p>For example, in a program that saves sessions itself:
 *
 * <pre>{@code
 * SessionHooks hooks = new SessionHooks() {
 *     @Override
 *     public void onUpdated(PasswordSession session, SessionData data) {
 *         saved.put(data.did(), data.toJson());
 *     }
 *
 *     @Override
 *     public void onDeleted(PasswordSession session, SessionData data) {
 *         saved.remove(data.did());
 *     }
 * };
 * }</pre>
 */
public interface SessionHooks {
    /** Hooks that do nothing. */
    SessionHooks NONE = new SessionHooks() {};

    /**
     * Called when the session has new tokens: after signing in and after each refresh. A program that saves sessions
     * itself does so here. The session's calls may wait until this returns, so be quick. If it throws, the session uses
     * the new tokens, {@link #onUpdateFailure} is called, and this is called again later.
     */
    default void onUpdated(PasswordSession session, SessionData data) {}

    /**
     * Called when a refresh failed, or the store or {@link #onUpdated} threw. The session lives and tries again.
     *
     * @param data the data that the session uses from now on
     * @param failure an {@link dev.atlex.client.XrpcException} or a {@link SessionException}
     */
    default void onUpdateFailure(PasswordSession session, SessionData data, RuntimeException failure) {}

    /** Called when the session is over: logged out, or ended by the server. */
    default void onDeleted(PasswordSession session, SessionData data) {}

    /**
     * Called when a logout failed, so that the session still exists at the server.
     *
     * @param failure the server's refusal, or the network's failure
     */
    default void onDeleteFailure(PasswordSession session, SessionData data, RuntimeException failure) {}
}
