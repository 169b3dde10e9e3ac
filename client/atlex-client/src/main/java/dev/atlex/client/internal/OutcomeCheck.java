package dev.atlex.client.internal;

import dev.atlex.client.RecordConflictException;
import dev.atlex.client.XrpcException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether an attempt with an unknown outcome succeeded. A call with such a check is safe to repeat.
 *
 * @param <T> the type of the call's result
 */
@FunctionalInterface
public interface OutcomeCheck<T> {
    /**
     * Returns the attempt's result, or null if the call must be repeated, because the attempt had no effect or the
     * server doesn't reveal its outcome.
     *
     * @param failure the attempt's failure
     * @param timeLeft the time that the check may take
     * @throws XrpcException if the check fails; a later check may succeed
     * @throws RecordConflictException if it finds a different record where the result should be
     */
    @Nullable
    T find(XrpcException failure, Duration timeLeft);

    /**
     * Returns whether to check even if the server refuses the first attempt, because an earlier call may already have
     * produced the result.
     */
    default boolean fromFirstAttempt() {
        return false;
    }

    /** Returns the same check, with {@link #fromFirstAttempt()} returning true. */
    static <T> OutcomeCheck<T> fromFirstAttempt(OutcomeCheck<T> check) {
        return new OutcomeCheck<>() {
            @Override
            public @Nullable T find(XrpcException failure, Duration timeLeft) {
                return check.find(failure, timeLeft);
            }

            @Override
            public boolean fromFirstAttempt() {
                return true;
            }
        };
    }
}
