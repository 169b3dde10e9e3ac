package dev.atlex.conformance;

import dev.atlex.syntax.AtUri;
import dev.atlex.testkit.TestAccount;
import java.net.URI;

/** A PDS with an AppView that the scenarios run on. Scenarios create their own accounts. */
interface BlueskyServer extends AutoCloseable {
    /** Returns the URL to sign in at. */
    URI url();

    /** Creates an account with a unique handle. */
    TestAccount createAccount();

    /** Returns when the AppView has indexed everything that the PDS has accepted so far. */
    void index();

    /** Puts a moderation label on a record, as a labeler that the AppView trusts. */
    void label(AtUri uri, String value);

    @Override
    void close();
}
