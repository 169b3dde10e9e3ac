package dev.atlex.session.internal.ratelimit;

import dev.atlex.session.ratelimit.RateLimitListener;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Reports the wait of one request, from the first limit that it waits for to the last. Used by one thread. */
final class Waiting {
    private static final System.Logger LOG = System.getLogger("dev.atlex.session.ratelimit.RateLimiter");

    private final RateLimitListener listener;
    private final String method;
    private @Nullable Runnable end;

    Waiting(RateLimitListener listener, String method) {
        this.listener = listener;
        this.method = method;
    }

    /** Records that the request has to wait, or still has to wait. */
    void begin() {
        if (end == null) {
            end = () -> {};
            quietly(() -> end = listener.onWait(method));
        }
    }

    /** Records that the request no longer waits. Does nothing if it didn't wait. */
    void end() {
        Runnable ended = end;
        if (ended != null) {
            quietly(ended);
        }
    }

    private static void quietly(Runnable call) {
        try {
            call.run();
        } catch (Throwable e) { // Catches errors too, as for all listeners.
            LOG.log(
                    Level.WARNING,
                    "a rate limit listener threw {0}; the request continues",
                    e.getClass().getName());
        }
    }
}
