package dev.atlex.session;

/**
 * Is told what happens to sessions, for logs and metrics: one listener may listen to any number of sessions. Called on the
 * thread of the call that made it happen, while others wait for that; be quick, and don't wait for another thread that uses
 * the session. Whatever it throws, errors too, is logged and does no harm.
 *
 * <pre>{@code
 * SessionOptions options = SessionOptions.of(o -> o.listener(event -> log.info(event.toString())));
 * }</pre>
 *
 * <p>Events hold no tokens. A program that wants to save sessions itself uses {@link SessionHooks}.
 */
@FunctionalInterface
public interface SessionListener {
    /** Listens to nothing. */
    SessionListener NONE = event -> {};

    /** Something has happened. New kinds of events may come with new versions. */
    void onEvent(SessionEvent event);
}
