package dev.atlex.conformance;

import dev.atlex.session.SessionData;
import dev.atlex.syntax.Did;
import dev.atlex.testkit.TestAccount;
import java.net.URI;
import java.util.function.Supplier;

/**
 * A PDS that the scenarios run against, with the few things that no public API can bring about. Scenarios make accounts of
 * their own, and leave nothing changed that others would notice.
 */
interface Server extends AutoCloseable {
    /** Where one signs in. */
    URI url();

    /** The directory of the accounts' DIDs. */
    URI plcUrl();

    /** Makes an account with a handle that no other account has. */
    TestAccount createAccount();

    /** Takes an account down, or lifts that. */
    void setTakenDown(Did did, boolean takenDown);

    /** Deactivates an account, or activates it again. */
    void setDeactivated(Did did, boolean deactivated);

    /** Does the work, and gives its result; by then the access tokens that it was given have expired. */
    <T> T withExpiredAccessTokens(Supplier<T> work);

    /** The session with a refresh token that is too old, although rightly signed. */
    SessionData withExpiredRefreshToken(SessionData data);

    /** Ends the time for which the account's used refresh tokens work on. */
    void endGracePeriods(Did did);

    /** Another server of the same kind, which limits how often one may sign in. */
    Server startWithRateLimits();

    @Override
    void close();
}
