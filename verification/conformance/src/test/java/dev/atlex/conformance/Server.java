package dev.atlex.conformance;

import dev.atlex.session.SessionData;
import dev.atlex.syntax.Did;
import dev.atlex.testkit.TestAccount;
import java.net.URI;
import java.util.function.Supplier;

/**
 * A PDS on which the scenarios run, with the few operations that no public API offers. Scenarios create their own
 * accounts and undo other changes.
 */
interface Server extends AutoCloseable {
    /** Returns the URL to sign in at. */
    URI url();

    /** Returns the URL of the PLC directory. */
    URI plcUrl();

    /** Creates an account with a unique handle. */
    TestAccount createAccount();

    /** Takes an account down, or reverses the takedown. */
    void setTakenDown(Did did, boolean takenDown);

    /** Deactivates an account, or reactivates it. */
    void setDeactivated(Did did, boolean deactivated);

    /**
     * Runs the work and returns its result. All access tokens issued meanwhile, including those for OAuth, are expired
     * by then.
     */
    <T> T withExpiredAccessTokens(Supplier<T> work);

    /** Returns the session's data with a refresh token that is expired, but correctly signed. */
    SessionData withExpiredRefreshToken(SessionData data);

    /** Ends the grace periods of the account's used refresh tokens. */
    void endGracePeriods(Did did);

    /** Returns the authorization server. */
    OAuthServer oauth();

    /** Starts another server of the same kind that limits sign-ins. */
    Server startWithRateLimits();

    @Override
    void close();
}
