package dev.atlex.streams.internal.connection;

import dev.atlex.client.internal.ExponentialBackoff;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Computes the pauses between connection attempts: 0.25 s at first, doubled after each failure, at most 30 s. Each
 * pause is randomly shortened by up to half, so that many clients don't reconnect at the same moment. Only a received
 * event resets the backoff, not a handshake. Otherwise, a server that accepts connections and immediately drops them
 * would be contacted in a tight loop.
 */
final class Backoff {
    private static final ExponentialBackoff PAUSES =
            new ExponentialBackoff(Duration.ofMillis(250), Duration.ofSeconds(30));

    /** The longest pause that is accepted from a server. */
    private static final Duration MAX_ASKED = Duration.ofMinutes(5);

    private final DoubleSupplier random;
    private int failures;

    /** @param random returns numbers from 0 to 1 */
    Backoff(DoubleSupplier random) {
        this.random = random;
    }

    /** Returns the pause after another failure. */
    Duration next(@Nullable Duration asked) {
        Duration own = PAUSES.after(failures++, random);
        if (asked == null || asked.compareTo(own) <= 0) {
            return own;
        }
        return asked.compareTo(MAX_ASKED) < 0 ? asked : MAX_ASKED;
    }

    /** Starts over with the shortest pause. */
    void reset() {
        failures = 0;
    }
}
