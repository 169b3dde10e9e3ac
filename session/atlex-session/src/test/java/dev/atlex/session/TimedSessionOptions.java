package dev.atlex.session;

import dev.atlex.client.internal.TimeSource;
import dev.atlex.session.internal.TimeSourceClock;

/** Options of sessions whose clock and sleep a test sets. */
public final class TimedSessionOptions {
    private TimedSessionOptions() {}

    public static SessionOptions of(TimeSource timing) {
        return SessionOptions.of(o -> o.clock(new TimeSourceClock(timing)));
    }
}
