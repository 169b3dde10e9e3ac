package dev.atlex.session;

import dev.atlex.session.internal.state.RefreshOutcome;
import org.jspecify.annotations.Nullable;

/** The result of {@link PasswordSession#refresh}. */
public final class RefreshResult {
    private final SessionData data;
    private final boolean refreshed;
    private final @Nullable RuntimeException failure;

    private RefreshResult(SessionData data, boolean refreshed, @Nullable RuntimeException failure) {
        this.data = data;
        this.refreshed = refreshed;
        this.failure = failure;
    }

    static RefreshResult of(RefreshOutcome outcome) {
        return outcome instanceof RefreshOutcome.Kept kept
                ? new RefreshResult(kept.data(), false, kept.failure())
                : new RefreshResult(outcome.data(), true, null);
    }

    /** Returns the session's data after the refresh. */
    public SessionData data() {
        return data;
    }

    /** Returns whether the session has new tokens. */
    public boolean refreshed() {
        return refreshed;
    }

    /**
     * Returns the failure that prevented the refresh, or null if there was none. The failure is transient: the session
     * continues and retries.
     */
    public @Nullable RuntimeException failure() {
        return failure;
    }

    @Override
    public String toString() {
        return "RefreshResult[" + data + (refreshed ? ", refreshed" : ", not refreshed: " + failure) + "]";
    }
}
