package dev.atlex.session.internal.notify;

import dev.atlex.session.SessionData;

/**
 * A session's hooks, bound to the public session object that is passed to them. The public session creates this object,
 * because internal code doesn't know the public class.
 */
public interface Hooks {
    /** Hooks that do nothing. */
    Hooks NONE = new Hooks() {};

    /** See {@code SessionHooks.onUpdated}. */
    default void onUpdated(SessionData data) {}

    /** See {@code SessionHooks.onUpdateFailure}. */
    default void onUpdateFailure(SessionData data, RuntimeException failure) {}

    /** See {@code SessionHooks.onDeleted}. */
    default void onDeleted(SessionData data) {}

    /** See {@code SessionHooks.onDeleteFailure}. */
    default void onDeleteFailure(SessionData data, RuntimeException failure) {}
}
