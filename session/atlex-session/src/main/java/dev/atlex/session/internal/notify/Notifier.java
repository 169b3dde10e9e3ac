package dev.atlex.session.internal.notify;

import dev.atlex.session.SessionEvent;
import dev.atlex.session.SessionListener;
import java.lang.System.Logger.Level;

/** Notifies a listener, and survives whatever it throws. */
public final class Notifier {
    private static final System.Logger LOG = System.getLogger("dev.atlex.session.PasswordSession");

    private final SessionListener listener;

    public Notifier(SessionListener listener) {
        this.listener = listener;
    }

    /** Survives errors too: a listener that was compiled against another version of a library throws a linkage error. */
    public void tell(SessionEvent event) {
        try {
            listener.onEvent(event);
        } catch (Throwable e) {
            LOG.log(Level.WARNING, "the listener threw {0}", describe(e));
        }
    }

    /** The class and the place. A message only where the JVM wrote it: a listener's own might quote a session. */
    private static String describe(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        String what = thrown instanceof LinkageError
                ? thrown.toString()
                : thrown.getClass().getName();
        return trace.length == 0 ? what : what + " at " + trace[0];
    }
}
