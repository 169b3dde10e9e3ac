package dev.atlex.session.internal.state;

import dev.atlex.session.SessionData;
import org.jspecify.annotations.Nullable;

/** The outcome of a refresh. */
public sealed interface RefreshOutcome {
    /** Returns the data that the session uses from now on. */
    SessionData data();

    /** There are newer tokens, which this process or another one obtained. */
    record Refreshed(SessionData data) implements RefreshOutcome {}

    /**
     * The session keeps its tokens and tries again later.
     *
     * @param failure the reason; null if another process is refreshing
     */
    record Kept(SessionData data, @Nullable RuntimeException failure) implements RefreshOutcome {}
}
