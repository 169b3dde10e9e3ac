package dev.atlex.conformance;

import dev.atlex.oauth.ClientMetadata;
import dev.atlex.syntax.Did;
import dev.atlex.testkit.TestAccount;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/**
 * The authorization server of a {@link Server}, with operations that are otherwise reserved for users and operators.
 */
interface OAuthServer {
    /** Returns the server's issuer. */
    URI issuer();

    /** Returns the server's clock. */
    Clock clock();

    /** Publishes the document for a client with an https ID. */
    void publish(ClientMetadata client);

    /**
     * Acts as a user with a browser: opens the URL, signs in, and grants everything that was requested.
     *
     * @return the URI of the callback, which needs no server
     */
    URI authorize(URI url, TestAccount account);

    /** Like {@link #authorize(URI, TestAccount)}, but grants only these scopes. */
    URI authorize(URI url, TestAccount account, String scopes);

    /** Denies the request. Returns the URI of the callback. */
    URI deny(URI url);

    /** Returns the number of an account's sessions. */
    long sessions(Did did);

    /** Makes all DPoP nonces invalid, as a restart does. */
    void forgetNonces();

    /**
     * Delays refreshes, in real time.
     *
     * @param before the delay before a session gets its new tokens
     * @param after the delay between that and the response; one of the two is zero
     */
    void slowRotation(Duration before, Duration after);

    /** Deletes an account. */
    void deleteAccount(Did did);
}
