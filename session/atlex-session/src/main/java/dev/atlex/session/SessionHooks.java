package dev.atlex.session;

/**
 * Callbacks for changes to a session. Every method does nothing by default. A session's hooks are called one at a time,
 * on the thread whose call caused the change. Exceptions and errors from hooks don't end the session; only their class
 * is logged, because the message may contain a token.
 *
 * <p>Hooks may call methods through the session. Such calls use the current tokens and never start a refresh within a
 * refresh. Hooks must not wait for another thread that uses the session: that thread waits for the hook.
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
     * Called when the session has new tokens: after signing in and after each refresh. Programs that save sessions
     * themselves do it here. Calls that use the session may wait until this method returns, so it should be fast. If it
     * throws, the session uses the new tokens, {@link #onUpdateFailure} is called, and this method is called again
     * later.
     */
    default void onUpdated(PasswordSession session, SessionData data) {}

    /**
     * Called when a refresh has failed, or the store or {@link #onUpdated} has thrown an exception. The session
     * continues and retries.
     *
     * @param data the data that the session uses from now on
     * @param failure an {@link dev.atlex.client.XrpcException} or {@link SessionException}
     */
    default void onUpdateFailure(PasswordSession session, SessionData data, RuntimeException failure) {}

    /** Called after a logout, or after the server has ended the session. */
    default void onDeleted(PasswordSession session, SessionData data) {}

    /**
     * Called when a logout has failed and the session is still valid on the server.
     *
     * @param failure the error response, or the failure to get a response
     */
    default void onDeleteFailure(PasswordSession session, SessionData data, RuntimeException failure) {}
}
