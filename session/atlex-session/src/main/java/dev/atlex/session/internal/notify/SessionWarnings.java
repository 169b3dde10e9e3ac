package dev.atlex.session.internal.notify;

import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.transport.TransportException;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.SessionException;
import dev.atlex.session.internal.SessionLog;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Logs the events that may need a person's attention: failed refreshes and ended sessions. A refresh that keeps failing
 * for the same reason is logged once an hour, because it is retried every few minutes for every account. Used under the
 * session's lock.
 */
final class SessionWarnings {
    private static final System.Logger LOG = SessionLog.LOG;
    private static final Duration QUIET = Duration.ofHours(1);

    private String lastKind = "";
    private @Nullable Instant lastRetry;
    private int failures;

    void log(SessionEvent event) {
        if (event instanceof SessionEvent.RefreshFailed failed) {
            refreshFailed(failed);
        } else if (event instanceof SessionEvent.Ended ended) {
            LOG.log(
                    Level.WARNING,
                    "the session for {0} ended: {1}",
                    ended.did(),
                    ended.reason().getMessage());
        } else if (event instanceof SessionEvent.Refreshed || event instanceof SessionEvent.Adopted) {
            if (failures > 0) {
                LOG.log(
                        Level.INFO,
                        "the session for {0} has new tokens, after {1} failed refreshes",
                        event.did(),
                        Integer.toString(failures));
            }
            failures = 0;
            lastKind = "";
            lastRetry = null;
        }
    }

    private void refreshFailed(SessionEvent.RefreshFailed failed) {
        failures++;
        String kind = kind(failed.failure());
        boolean repeated = kind.equals(lastKind)
                && lastRetry != null
                && Duration.between(lastRetry, failed.retryAt()).compareTo(QUIET) < 0;
        if (!repeated) {
            lastKind = kind;
            lastRetry = failed.retryAt();
        }
        LOG.log(
                repeated ? Level.DEBUG : Level.WARNING,
                "failed to refresh the session for {0}: {1}; retrying after {2}",
                failed.did(),
                describe(failed.failure()),
                failed.retryAt());
    }

    private static String kind(RuntimeException failure) {
        return failure.getClass().getName()
                + (failure instanceof XrpcResponseException refusal ? refusal.status() + refusal.error() : "");
    }

    /** Returns the message of our own exceptions, which contain no tokens. Other exceptions may quote the session. */
    private static String describe(RuntimeException failure) {
        boolean own = failure instanceof XrpcException
                || failure instanceof SessionException
                || failure instanceof TransportException;
        return own ? String.valueOf(failure.getMessage()) : failure.getClass().getName();
    }
}
