package dev.atlex.conformance;

import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import java.net.URI;

/** A PDS with an AppView, on which the scenarios run. Scenarios create their own accounts. */
interface BlueskyServer extends AutoCloseable {
    /** Returns the URL of the PDS. */
    URI url();

    /** Returns an unused handle for a new account. */
    String newHandle();

    /** Waits until the AppView has indexed everything that the PDS has accepted so far. */
    void index();

    /** Returns the labeler of the network, which has a service record. */
    Did labeler();

    /** Puts a moderation label on a record, as the labeler of the network. */
    void label(AtUri uri, String value);

    @Override
    void close();
}
