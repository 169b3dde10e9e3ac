package dev.atlex.client.internal;

import dev.atlex.client.XrpcException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what became of an attempt of which nobody knows whether it succeeded. A call that has one is safe to repeat.
 *
 * @param <T> what the call brings
 */
@FunctionalInterface
public interface OutcomeCheck<T> {
    /**
     * What the attempt brought, or null if the call is to be made again: the server did not do it, or does not say.
     *
     * @param failure what the attempt ended in
     * @param timeLeft how long finding out may take
     * @throws XrpcException if nobody can tell now
     * @throws dev.atlex.client.RecordConflictException if there is something else in its place
     */
    @Nullable
    T settle(XrpcException failure, Duration timeLeft);

    /** Whether a refusal of the very first attempt is to be settled too: what it asked for may have been there before. */
    default boolean fromTheStart() {
        return false;
    }

    /** The same, {@linkplain #fromTheStart from the start}. */
    static <T> OutcomeCheck<T> fromTheStart(OutcomeCheck<T> settlement) {
        return new OutcomeCheck<>() {
            @Override
            public @Nullable T settle(XrpcException failure, Duration timeLeft) {
                return settlement.settle(failure, timeLeft);
            }

            @Override
            public boolean fromTheStart() {
                return true;
            }
        };
    }
}
