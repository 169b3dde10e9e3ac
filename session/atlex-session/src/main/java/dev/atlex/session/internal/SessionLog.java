package dev.atlex.session.internal;

/** The log of sessions. All of them write to one logger, named after the class that users know. */
public final class SessionLog {
    /** The logger {@code dev.atlex.session.PasswordSession}. */
    public static final System.Logger LOG = System.getLogger("dev.atlex.session.PasswordSession");

    private SessionLog() {}
}
