package dev.atlex.bluesky.internal.notification;

import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcInvalidResponseException;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.transport.TransportException;
import dev.atlex.session.CorruptStoreEntryException;
import dev.atlex.session.SessionException;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.SignInRateLimitedException;
import dev.atlex.session.ratelimit.RateLimitedException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Determines whether a failure is temporary, concerns the account, or concerns only one notification. */
final class Failures {
    private static final int TOO_MANY_REQUESTS = 429;

    private Failures() {}

    /** Returns whether polling again may succeed. */
    static boolean isTemporary(RuntimeException failure) {
        if (failure instanceof SessionException session) {
            XrpcException response = session.response();
            return isRateLimit(failure) || response != null && isTemporary(response);
        }
        if (failure instanceof CorruptStoreEntryException) {
            return false;
        }
        return failure instanceof SessionStoreException
                || failure instanceof TransportException
                || failure instanceof XrpcInvalidResponseException
                || isRateLimit(failure)
                || failure instanceof XrpcException call && call.retryable();
    }

    /** Returns whether a handler's failure concerns the account rather than the notification. */
    static boolean concernsAccount(Throwable failure) {
        return isRateLimit(failure) || failure instanceof SessionException;
    }

    private static boolean isRateLimit(Throwable failure) {
        return failure instanceof RateLimitedException
                || failure instanceof SignInRateLimitedException
                || failure instanceof XrpcResponseException response && response.status() == TOO_MANY_REQUESTS;
    }

    /** Returns when the server accepts the next request, or null if the failure doesn't contain that time. */
    static @Nullable Instant retryAt(Throwable failure) {
        if (failure instanceof XrpcException call) {
            return call.retryAt();
        }
        if (failure instanceof RateLimitedException limited) {
            return limited.retryAt();
        }
        return failure instanceof SignInRateLimitedException limited ? limited.retryAt() : null;
    }

    /**
     * Returns whether an error from a handler concerns the notification. Other errors, such as a lack of memory, end
     * the process.
     */
    static boolean concernsNotification(Throwable failure) {
        return failure instanceof Exception
                || failure instanceof AssertionError
                || failure instanceof LinkageError
                || failure instanceof StackOverflowError;
    }
}
