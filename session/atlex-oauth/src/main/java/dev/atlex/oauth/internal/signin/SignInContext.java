package dev.atlex.oauth.internal.signin;

import dev.atlex.client.internal.TimeSource;
import dev.atlex.oauth.internal.discovery.Discovery;
import dev.atlex.oauth.internal.server.AuthServerClient;
import dev.atlex.oauth.internal.server.ClientAuth;
import dev.atlex.session.store.EntryStore;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The part of an OAuth client that a sign-in uses.
 *
 * @param store the store for sign-ins that are waiting for their callback
 * @param client the client for requests to authorization servers
 * @param discovery the finder of authorization servers
 * @param auths the client's keys
 * @param revocations the queue for failed revocations
 * @param time the clock and monotonic time
 */
public record SignInContext(
        EntryStore store,
        AuthServerClient client,
        Discovery discovery,
        Auths auths,
        Revocations revocations,
        TimeSource time) {
    /**
     * The time for which a callback is accepted: 5 minutes until the page is opened, 5 minutes on the page, 5 minutes
     * until the code expires, and some slack.
     */
    public static final Duration LIFETIME = Duration.ofMinutes(20);

    /** The methods by which the client can authenticate. */
    public interface Auths {
        /** Returns the method for new sessions. */
        ClientAuth newest();

        /**
         * Returns the method that a sign-in began with.
         *
         * @throws dev.atlex.oauth.MissingClientKeyException if the key is missing
         */
        ClientAuth of(String method, @Nullable String kid);
    }

    /** Queues the revocations that failed, so that they are retried with the pending logouts. */
    @FunctionalInterface
    public interface Revocations {
        /**
         * Queues a session.
         *
         * @throws dev.atlex.data.LexException if it can't be queued
         */
        void queue(CallbackHandler.SignedIn refused);
    }

    Instant now() {
        return time.clock().instant();
    }
}
