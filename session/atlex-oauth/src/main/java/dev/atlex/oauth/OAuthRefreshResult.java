package dev.atlex.oauth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The result of {@link OAuthSession#refresh}. */
public final class OAuthRefreshResult {
    private final OAuthSessionData data;
    private final boolean refreshed;
    private final @Nullable RuntimeException failure;
    private final @Nullable Instant retryAt;

    private OAuthRefreshResult(
            OAuthSessionData data, boolean refreshed, @Nullable RuntimeException failure, @Nullable Instant retryAt) {
        this.data = data;
        this.refreshed = refreshed;
        this.failure = failure;
        this.retryAt = retryAt;
    }

    static OAuthRefreshResult refreshed(OAuthSessionData data) {
        return new OAuthRefreshResult(data, true, null, null);
    }

    static OAuthRefreshResult kept(OAuthSessionData data, @Nullable RuntimeException failure, Instant retryAt) {
        return new OAuthRefreshResult(data, false, failure, retryAt);
    }

    /** Returns the session's data after the refresh, including its tokens. */
    public OAuthSessionData data() {
        return data;
    }

    /** Returns whether the session has new tokens. */
    public boolean refreshed() {
        return refreshed;
    }

    /**
     * Returns the failure that prevented the refresh; null if there are new tokens, or if another process is
     * refreshing. The failure is temporary: the session stays valid.
     */
    public @Nullable RuntimeException failure() {
        return failure;
    }

    /** Returns the time from which the next refresh may be tried, or null if there are new tokens. */
    public @Nullable Instant retryAt() {
        return retryAt;
    }

    /** Returns the account and the outcome, without tokens. */
    @Override
    public String toString() {
        return "OAuthRefreshResult[" + data
                + (refreshed ? ", refreshed" : ", not refreshed: " + failure + ", retry at " + retryAt) + "]";
    }
}
