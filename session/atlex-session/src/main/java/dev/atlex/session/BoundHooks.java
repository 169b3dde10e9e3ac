package dev.atlex.session;

import dev.atlex.session.internal.notify.Hooks;

/** The hooks of one session, bound to the session object that is passed to them. */
final class BoundHooks implements Hooks {
    private final PasswordSession session;
    private final SessionHooks hooks;

    BoundHooks(PasswordSession session, SessionHooks hooks) {
        this.session = session;
        this.hooks = hooks;
    }

    @Override
    public void onUpdated(SessionData data) {
        hooks.onUpdated(session, data);
    }

    @Override
    public void onUpdateFailure(SessionData data, RuntimeException failure) {
        hooks.onUpdateFailure(session, data, failure);
    }

    @Override
    public void onDeleted(SessionData data) {
        hooks.onDeleted(session, data);
    }

    @Override
    public void onDeleteFailure(SessionData data, RuntimeException failure) {
        hooks.onDeleteFailure(session, data, failure);
    }
}
