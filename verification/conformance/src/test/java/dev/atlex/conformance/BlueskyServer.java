package dev.atlex.conformance;

import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
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

    /** Returns the labeler of the network, which has a service record. */
    Did labeler();

    /** Puts a moderation label on a record, as the labeler of the network. */
    void label(AtUri uri, String value);

    @Override
    void close();
}
