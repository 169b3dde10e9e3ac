package dev.atlex.endurance;

import dev.atlex.syntax.Did;
import dev.atlex.testkit.TestAccount;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** An authorization server, with the operations that only its users or its operator have. */
interface OAuthServer extends AutoCloseable {
    /** Returns the URL of the PLC directory, which programs need to find the server. */
    URI plcUrl();

    /** Sets the lifetime of access tokens issued from now on. */
    void accessTokenLifetime(Duration lifetime);

    /** Creates an account. Servers may choose another handle. */
    TestAccount createAccount(String handle);

    /** Signs in and grants the request, as a user does in a browser. Returns the URI of the callback. */
    URI authorize(URI url, TestAccount account);

    /** Returns when the tokens of an account were rotated, by the server's records. */
    List<Instant> rotations(Did did);

    /** Returns the number of an account's sessions. */
    long sessions(Did did);

    /** Returns the statuses of refreshes that neither rotated tokens nor asked for a nonce. */
    List<Integer> failedRefreshes();

    @Override
    void close();
}
