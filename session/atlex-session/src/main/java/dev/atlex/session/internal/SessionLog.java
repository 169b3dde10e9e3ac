package dev.atlex.session.internal;

/** The log for sessions. Both kinds write to one logger, which is named after the interface that they implement. */
public final class SessionLog {
    /** The logger {@code dev.atlex.session.Session}. */
    public static final System.Logger LOG = System.getLogger("dev.atlex.session.Session");

    private SessionLog() {}
}
