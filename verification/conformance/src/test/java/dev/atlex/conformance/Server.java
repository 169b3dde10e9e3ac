package dev.atlex.conformance;

import dev.atlex.session.SessionData;
import dev.atlex.syntax.Did;
import dev.atlex.testkit.TestAccount;
import java.net.URI;
import java.util.function.Supplier;

/**
 * A PDS that the scenarios run on, with the few operations that have no public API. Scenarios create their own accounts and
 * undo other changes.
 */
interface Server extends AutoCloseable {
    /** Returns the URL to sign in at. */
    URI url();

    /** Returns the URL of the directory of DIDs. */
    URI plcUrl();

    /** Creates an account with a unique handle. */
    TestAccount createAccount();

    /** Takes an account down, or reverses it. */
    void setTakenDown(Did did, boolean takenDown);

    /** Deactivates an account, or activates it again. */
    void setDeactivated(Did did, boolean deactivated);

    /** Runs the work and returns its result. Access tokens issued meanwhile have expired when it returns, those of OAuth, too. */
    <T> T withExpiredAccessTokens(Supplier<T> work);

    /** Returns the session with a refresh token that is expired, but correctly signed. */
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
