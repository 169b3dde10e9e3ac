package dev.atlex.client.internal;

import dev.atlex.client.RetryOptions;
import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcInvalidResponseException;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.XrpcTransportException;
import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.client.transport.TransportTimeoutException;
import dev.atlex.data.internal.Durations;
import dev.atlex.schema.Method;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Decides whether and when to retry a failed call; decision 0004 defines the rules. */
public final class Retries {
    private Retries() {}

    /**
     * Returns how long to wait before the next attempt, or null to give up.
     *
     * @param attempt the number of attempts so far, from 1
     * @param checked whether an {@link OutcomeCheck} makes a procedure safe to repeat
     */
    static @Nullable Duration delay(
            Method<?> method,
            XrpcException failure,
            RetryOptions options,
            int attempt,
            boolean checked,
            TimeSource time) {
        if (attempt > options.maxRetries() || !wanted(method, failure, options, attempt, checked)) {
            return null;
        }
        Duration asked = options.respectRetryAfter() && failure instanceof XrpcResponseException refusal
                ? RetryAfter.of(refusal.status(), refusal.headers(), time.clock())
                : null;
        if (asked != null) {
            return min(asked, options.maxDelay());
        }
        double full = Durations.nanos(options.minDelay()) * Math.pow(options.factor(), attempt - 1);
        double bounded = Math.min(full, Durations.nanos(options.maxDelay()));
        return ExponentialBackoff.jitter(Duration.ofNanos((long) bounded), time.random());
    }

    private static boolean wanted(
            Method<?> method, XrpcException failure, RetryOptions options, int attempt, boolean checked) {
        if (options.when() != null) {
            return options.when().test(failure, attempt);
        }
        if (checked) {
            return failure.retryable() || failure instanceof XrpcInvalidResponseException && outcomeUnknown(failure);
        }
        return failure.retryable() && (method.isQuery() || certainlyNotDone(failure));
    }

    /** Returns whether the failure proves that the request had no effect. */
    static boolean certainlyNotDone(XrpcException failure) {
        return failure instanceof XrpcTransportException lost && !lost.requestMayHaveBeenProcessed()
                || failure instanceof XrpcResponseException refusal && refusal.status() == 429;
    }

    /** Returns whether the request may have been processed: no response, a server error, or an invalid response. */
    static boolean outcomeUnknown(XrpcException failure) {
        if (failure instanceof XrpcTransportException lost) {
            return lost.requestMayHaveBeenProcessed();
        }
        if (failure instanceof XrpcInvalidResponseException invalid) {
            return invalid.status() < 300 || invalid.status() >= 500;
        }
        return failure instanceof XrpcResponseException refusal && (refusal.status() == 408 || refusal.status() >= 500);
    }

    /**
     * Returns whether a call ended because its own caller was interrupted or ran out of time. Such a failure is
     * irrelevant to other callers that wait for the same result.
     */
    public static boolean endedByCaller(XrpcException failure, Deadline deadline) {
        return failure instanceof XrpcTransportException lost
                && (lost.failure() instanceof TransportInterruptedException
                        || lost.failure() instanceof TransportTimeoutException && deadline.isOver());
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
