package dev.atlex.session.internal.notify;

import dev.atlex.session.AuthFactorRequiredException;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.SessionListener;
import dev.atlex.session.internal.SessionLog;
import java.lang.System.Logger.Level;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The only class that calls user code: the hooks, the listener and the prompt for a second factor.
 *
 * <p>User code runs on the thread of the call that caused the change, usually under the session's lock. Anything that
 * the hooks or the listener throw is logged and doesn't affect the session. That includes errors: a listener that was
 * compiled against another version of a library throws a linkage error.
 */
public final class Notifier {
    private static final System.Logger LOG = SessionLog.LOG;

    private final SessionListener listener;
    private final Hooks hooks;
    private final SessionWarnings warnings = new SessionWarnings();

    /** Creates a notifier without hooks. */
    public Notifier(SessionListener listener) {
        this(listener, Hooks.NONE);
    }

    /** Creates a session's notifier. */
    public Notifier(SessionListener listener, Hooks hooks) {
        this.listener = listener;
        this.hooks = hooks;
    }

    /** Logs an event that a person may have to act on, and sends it to the listener. */
    public void publish(SessionEvent event) {
        warnings.log(event);
        try {
            listener.onEvent(event);
        } catch (Throwable e) {
            LOG.log(Level.WARNING, "a session listener threw {0}; the session continues", describe(e));
        }
    }

    /**
     * Passes new data to the hook.
     *
     * @return the exception or error that the hook threw, which means that the data isn't saved; null if the hook
     *     accepted it
     */
    public @Nullable Throwable publishUpdated(SessionData data) {
        try {
            hooks.onUpdated(data);
            return null;
        } catch (Throwable e) { // Catches errors too, because the new tokens must stay in use even if a hook fails.
            return e;
        }
    }

    /** Reports to the hook that refreshing or saving failed. */
    public void publishUpdateFailure(SessionData data, RuntimeException failure) {
        quietly("onUpdateFailure", () -> hooks.onUpdateFailure(data, failure));
    }

    /** Reports to the hook that the session has ended. */
    public void publishDeleted(SessionData data) {
        quietly("onDeleted", () -> hooks.onDeleted(data));
    }

    /** Reports to the hook that a logout failed. */
    public void publishDeleteFailure(SessionData data, RuntimeException failure) {
        quietly("onDeleteFailure", () -> hooks.onDeleteFailure(data, failure));
    }

    private static void quietly(String hook, Runnable call) {
        try {
            call.run();
        } catch (Throwable e) {
            LOG.log(
                    Level.WARNING,
                    "the hook {0} threw {1}; the session continues",
                    hook,
                    e.getClass().getName());
        }
    }

    /**
     * Asks the user for the code of a second factor. An exception from the prompt is thrown to the caller, who is
     * signing in.
     *
     * @param prompt the user's function, or null if there is none
     * @return the code; null to give up
     */
    public static @Nullable String askForCode(
            @Nullable Function<? super AuthFactorRequiredException, @Nullable String> prompt,
            AuthFactorRequiredException asked) {
        String code = prompt == null ? null : prompt.apply(asked);
        return code == null || code.isBlank() ? null : code.strip();
    }

    /**
     * Returns the class and the place. Includes the message only if the JVM wrote it, because a listener's own message
     * might quote a session.
     */
    private static String describe(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        String what = thrown instanceof LinkageError
                ? thrown.toString()
                : thrown.getClass().getName();
        return trace.length == 0 ? what : what + " at " + trace[0];
    }
}
