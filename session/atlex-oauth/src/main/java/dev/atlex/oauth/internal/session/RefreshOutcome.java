package dev.atlex.oauth.internal.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The outcome of a refresh that didn't end the session. */
public sealed interface RefreshOutcome {
    /** There are new tokens, which this process or another one obtained. */
    record Refreshed() implements RefreshOutcome {}

    /**
     * The session keeps its tokens.
     *
     * @param failure the reason; null if another process is refreshing
     * @param retryAt the time from which the next refresh may be tried
     */
    record Kept(@Nullable RuntimeException failure, Instant retryAt) implements RefreshOutcome {}
}
