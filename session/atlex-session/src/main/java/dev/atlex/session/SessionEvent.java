package dev.atlex.session;

import dev.atlex.syntax.Did;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that happened to a session. Events hold no tokens. */
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
     * A refresh brought new tokens.
     *
     * @param took how long server and store took
     * @param expiry when the access token expires, by this machine's clock; null if it doesn't show that
     */
    record Refreshed(Did did, Duration took, @Nullable Instant expiry) implements SessionEvent {}

    /** Another process refreshed the tokens, which are used from now on. */
    record Adopted(Did did) implements SessionEvent {}

    /**
     * A refresh failed. The session lives on.
     *
     * @param failure the cause
     * @param retryAt when the session tries again, unless the program refreshes it sooner
     */
    record RefreshFailed(Did did, RuntimeException failure, Instant retryAt) implements SessionEvent {}

    /**
     * The store or a hook didn't accept the newest tokens. The session uses them from memory.
     *
     * @param failure the cause
     * @param retryAt when saving is retried, if the session is used then
     */
    record SaveFailed(Did did, RuntimeException failure, Instant retryAt) implements SessionEvent {}

    /** Data that could not be saved before are saved now. */
    record SaveRecovered(Did did) implements SessionEvent {}

    /**
     * The server ended the session, another process logged it out, or the account has migrated.
     *
     * @param reason a {@link SessionEndedException} or an {@link AccountMigratedException}
     */
    record Ended(Did did, SessionException reason) implements SessionEvent {}

    /** The program logged out, and the server has confirmed it. */
    record LoggedOut(Did did) implements SessionEvent {}

    /**
     * The program logged out, but the server could not revoke the session yet. The revocation stays queued.
     *
     * @param failure the cause
     * @param retryAt when it is retried at the earliest
     */
    record LogoutPostponed(Did did, RuntimeException failure, Instant retryAt) implements SessionEvent {}

    /**
     * A queued logout is given up: its entry holds nothing that can be sent, or the server has refused it for longer
     * than refresh tokens live.
     *
     * @param failure the cause
     */
    record LogoutGivenUp(Did did, RuntimeException failure) implements SessionEvent {}
}
