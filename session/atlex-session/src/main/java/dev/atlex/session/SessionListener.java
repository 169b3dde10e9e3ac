package dev.atlex.session;

/**
 * Receives the events of sessions, for logs and metrics. A listener can be shared by any number of sessions. It is
 * called on the thread whose call caused the event, or on the thread that signs in or refreshes an OAuth session. Other
 * calls may be waiting, so the listener should be fast, and must not wait for another thread that uses the session.
 * Exceptions and errors from a listener are logged and don't affect the session.
 *
 * <pre>{@code
 * SessionOptions options = SessionOptions.of(o -> o.listener(event -> log.info(event.toString())));
 * }</pre>
 *
 * <p>Events contain no tokens. To save sessions yourself, use {@link SessionHooks}.
 */
@FunctionalInterface
public interface SessionListener {
    /** Ignores all events. */
    SessionListener NONE = event -> {};

    /** Called for each event. New versions may add kinds of events. */
    void onEvent(SessionEvent event);
}
