package dev.atlex.session;

import java.lang.System.Logger.Level;

/** Tells a listener, and survives what it throws. */
final class Events {
    private static final System.Logger LOG = System.getLogger(PasswordSession.class.getName());

    private final SessionListener listener;

    Events(SessionListener listener) {
        this.listener = listener;
    }

    void tell(SessionEvent event) {
        try {
            listener.onEvent(event);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "the listener threw {0}", e.getClass().getName());
        }
    }
}
