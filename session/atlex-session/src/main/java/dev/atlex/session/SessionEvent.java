package dev.atlex.session;

import dev.atlex.syntax.Did;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What may happen to a session. No event holds a token. */
public sealed interface SessionEvent {
    /** Whose session it is. */
    Did did();

    /**
     * Somebody signed in with a password.
     *
     * @param service where
     */
    record SignedIn(Did did, URI service) implements SessionEvent {}

    /** A stored session was taken up, without asking a server. */
    record Resumed(Did did) implements SessionEvent {}

    /**
     * There are new tokens.
     *
     * @param took how long the server and the store took
     * @param expiry when the access token expires by our clock, or null where it does not say
     */
    record Refreshed(Did did, Duration took, @Nullable Instant expiry) implements SessionEvent {}

    /** Another process had renewed the tokens; its are used from now on. */
    record Adopted(Did did) implements SessionEvent {}

    /**
     * The tokens could not be renewed now. The session lives on.
     *
     * @param failure why
     * @param retryAt no new try before that, but when somebody asks for one
     */
    record RefreshFailed(Did did, RuntimeException failure, Instant retryAt) implements SessionEvent {}

    /**
     * Store or hook did not take the newest tokens. The session works with them all the same.
     *
     * @param failure why
     * @param retryAt when it is tried again, if the session is used then
     */
    record SaveFailed(Did did, RuntimeException failure, Instant retryAt) implements SessionEvent {}

    /** What could not be saved before is saved now. */
    record SaveRecovered(Did did) implements SessionEvent {}

    /**
     * The server ended the session, or the account has moved away from it.
     *
     * @param reason a {@link SessionEndedException} or an {@link AccountMigratedException}
     */
    record Ended(Did did, SessionException reason) implements SessionEvent {}

    /** The session is over as its user wanted, and the server has confirmed it. */
    record LoggedOut(Did did) implements SessionEvent {}

    /**
     * The session is over here, but its server could not be told. That is remembered, and tried again.
     *
     * @param failure why
     * @param retryAt no new try before that
     */
    record LogoutPostponed(Did did, RuntimeException failure, Instant retryAt) implements SessionEvent {}

    /**
     * A logout that was pending can never be confirmed by its server, and is not tried again: what the store holds of it
     * can't be sent, or the server refused it for longer than refresh tokens live.
     *
     * @param failure why
     */
    record LogoutGivenUp(Did did, RuntimeException failure) implements SessionEvent {}
}
