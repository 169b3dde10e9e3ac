package dev.atlex.streams;

import dev.atlex.syntax.Did;
import org.jspecify.annotations.Nullable;

/**
 * An event of a Tap.
 *
 * @see TapClient
 */
public sealed interface TapEvent permits TapRecordEvent, TapIdentityEvent, TapOtherEvent {
    /**
     * Returns the id, by which the event is acknowledged. It is the same if the event is delivered again. It isn't a
     * sequence number, and after a restart, Tap may use the ids of acknowledged events again.
     */
    long id();

    /** Returns the account. It is null only for a {@link TapOtherEvent} without one. */
    @Nullable
    Did did();
}
