package dev.atlex.session;

import dev.atlex.syntax.Did;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event in the life of a session. Events contain no tokens. */
public sealed interface SessionEvent {
    /** Returns the session's account. */
    Did did();

    /**
     * A sign-in succeeded.
     *
     * @param service the server that issued the session
     */
    record SignedIn(Did did, URI service) implements SessionEvent {}

    /** A stored session was resumed. */
    record Resumed(Did did) implements SessionEvent {}

    /**
     * The tokens were refreshed.
     *
     * @param took the time that the server and the store needed
     * @param expiry the time at which the access token expires, by this machine's clock; null if the token doesn't
     *     contain it
     */
    record Refreshed(Did did, Duration took, @Nullable Instant expiry) implements SessionEvent {}

    /** Another process refreshed the tokens; the session uses the new ones. */
    record Adopted(Did did) implements SessionEvent {}

    /**
     * A refresh failed for a transient reason. The session continues.
     *
     * @param failure the cause
     * @param retryAt the time at which the session retries, unless the program refreshes it sooner
     */
    record RefreshFailed(Did did, RuntimeException failure, Instant retryAt) implements SessionEvent {}

    /**
     * The store or a hook failed to save the latest tokens. The session keeps using them from memory.
     *
     * @param failure the cause
     * @param retryAt the earliest time of the next attempt, which is made when the session is used
     */
    record SaveFailed(Did did, RuntimeException failure, Instant retryAt) implements SessionEvent {}

    /** A retry saved data that couldn't be saved before. */
    record SaveRecovered(Did did) implements SessionEvent {}

    /**
     * The server ended the session, another process logged it out, or the account has migrated.
     *
     * @param reason a {@link SessionEndedException} or an {@link AccountMigratedException}; for an OAuth session also
     *     an {@link AccountInactiveException} or {@link AccountMismatchException}
     */
    record Ended(Did did, SessionException reason) implements SessionEvent {}

    /** The program logged out, and the server has confirmed it. */
    record LoggedOut(Did did) implements SessionEvent {}

    /**
     * The program logged out, but the server hasn't revoked the session yet. The revocation is queued.
     *
     * @param failure the cause
     * @param retryAt the earliest time of the next attempt
     */
    record LogoutPostponed(Did did, RuntimeException failure, Instant retryAt) implements SessionEvent {}

    /**
     * A pending logout was abandoned, because its entry has no usable token, or because the server has rejected it for
     * longer than refresh tokens are valid.
     *
     * @param failure the cause
     */
    record LogoutGivenUp(Did did, RuntimeException failure) implements SessionEvent {}
}
