package dev.atlex.session;

/**
 * Receives the events of sessions, for logs and metrics. One listener may serve any number of sessions. It is called on
 * the thread of the call that caused the event, while other calls may wait: be quick, and don't wait for another thread
 * that uses the session. Whatever it throws, errors included, is logged and doesn't affect the session.
 *
 * <pre>{@code
 * SessionOptions options = SessionOptions.of(o -> o.listener(event -> log.info(event.toString())));
 * }</pre>
 *
 * <p>Events hold no tokens. A program that wants to save sessions itself uses {@link SessionHooks}.
 */
@FunctionalInterface
public interface SessionListener {
    /** Ignores all events. */
    SessionListener NONE = event -> {};

    /** Called for each event. New versions may add kinds of events. */
    void onEvent(SessionEvent event);
}
