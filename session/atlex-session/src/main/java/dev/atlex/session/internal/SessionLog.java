package dev.atlex.session.internal;

/** The log for sessions. All sessions write to one logger, which is named after the class that users know. */
public final class SessionLog {
    /** The logger {@code dev.atlex.session.PasswordSession}. */
    public static final System.Logger LOG = System.getLogger("dev.atlex.session.PasswordSession");

    private SessionLog() {}
}
