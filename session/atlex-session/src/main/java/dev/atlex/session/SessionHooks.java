package dev.atlex.session;

/**
 * Is told what happens to a session. Each method gets the session and its data; by default it does nothing. A session's
 * hooks are called one at a time, on the thread of the call that made it happen. Whatever they throw, errors too, is logged (by its
 * class, without its message) and does not hurt the session.
 *
 * <p>They may use the session: it sends calls with the tokens it has then, and does not refresh within a refresh. They must
 * not wait for another thread that uses it, for that thread waits for them.
 *
 * <p>A program that keeps sessions in a place of its own:
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
    /** No hooks. */
    SessionHooks NONE = new SessionHooks() {};

    /**
     * The session has new tokens: after signing in and after each refresh. A program that saves sessions itself does it
     * here. The session's calls may wait until this returns, so be quick. If it throws, the session goes on with the new
     * tokens, {@link #onUpdateFailure} is told, and this is called again later.
     */
    default void onUpdated(PasswordSession session, SessionData data) {}

    /**
     * The tokens could not be refreshed just now, or {@link #onUpdated} threw. The session is still there, and tries again.
     *
     * @param data the data that the session goes on with
     * @param failure an {@link dev.atlex.client.XrpcException} or a {@link SessionException}
     */
    default void onUpdateFailure(PasswordSession session, SessionData data, RuntimeException failure) {}

    /** The session is over: logged out, or ended by the server. */
    default void onDeleted(PasswordSession session, SessionData data) {}

    /**
     * Logging out failed, and the session lives on at the server.
     *
     * @param failure what the server or the network said
     */
    default void onDeleteFailure(PasswordSession session, SessionData data, RuntimeException failure) {}
}
