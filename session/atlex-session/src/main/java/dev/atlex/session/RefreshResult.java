package dev.atlex.session;

import dev.atlex.syntax.Did;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The result of {@link Session#refresh}. */
public final class RefreshResult {
    private final Did did;
    private final boolean refreshed;
    private final @Nullable RuntimeException failure;
    private final @Nullable Instant retryAt;

    private RefreshResult(Did did, boolean refreshed, @Nullable RuntimeException failure, @Nullable Instant retryAt) {
        this.did = did;
        this.refreshed = refreshed;
        this.failure = failure;
        this.retryAt = retryAt;
    }

    /** Returns the result of a refresh that succeeded. Intended for implementations of {@link Session}. */
    public static RefreshResult succeeded(Did did) {
        return new RefreshResult(did, true, null, null);
    }

    /**
     * Returns the result of a refresh after which the session keeps its tokens. Intended for implementations of {@link
     * Session}.
     *
     * @param failure the reason, or null if another process is refreshing
     * @param retryAt the time from which the next refresh may be tried, or null if that is unknown
     */
    public static RefreshResult kept(Did did, @Nullable RuntimeException failure, @Nullable Instant retryAt) {
        return new RefreshResult(did, false, failure, retryAt);
    }

    /** Returns whether the session has new tokens. */
    public boolean refreshed() {
        return refreshed;
    }

    /**
     * Returns the failure that prevented the refresh, or null if there are new tokens or another process is refreshing.
     * The failure is temporary: the session continues and retries.
     */
    public @Nullable RuntimeException failure() {
        return failure;
    }

    /**
     * Returns the time from which the next refresh may be tried, or null if there are new tokens or the time is
     * unknown.
     */
    public @Nullable Instant retryAt() {
        return retryAt;
    }

    @Override
    public String toString() {
        return "RefreshResult[" + did
                + (refreshed ? ", refreshed" : ", not refreshed: " + failure + ", retry at " + retryAt) + "]";
    }
}
