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
 * @param store keeps sign-ins until their callback
 * @param client sends requests to authorization servers
 * @param discovery finds authorization servers
 * @param auths the client's keys
 * @param revocations queues revocations
 * @param time clock and monotonic time
 */
public record SignInContext(
        EntryStore store,
        AuthServerClient client,
        Discovery discovery,
        Auths auths,
        Revocations revocations,
        TimeSource time) {
    /**
     * How long a callback is accepted: 5 minutes until the page is opened, 5 minutes on the page, 5 minutes until the
     * code expires, and some slack.
     */
    public static final Duration LIFETIME = Duration.ofMinutes(20);

    /** The ways in which the client can authenticate. */
    public interface Auths {
        /** Returns the way in which sessions begin. */
        ClientAuth newest();

        /**
         * Returns the way in which a sign-in began.
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
