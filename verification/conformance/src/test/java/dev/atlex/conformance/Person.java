package dev.atlex.conformance;

import dev.atlex.bluesky.Bluesky;
import dev.atlex.client.Client;
import dev.atlex.session.PasswordSession;
import dev.atlex.syntax.Did;
import dev.atlex.testkit.TestAccount;

/**
 * An account that is signed in.
 *
 * @param bsky reads every response strictly
 */
record Person(TestAccount account, PasswordSession session, Bluesky bsky) {
    Did did() {
        return account.did();
    }

    String handle() {
        return account.handle();
    }

    /** Returns the client that reads strictly. */
    Client client() {
        return bsky.client();
    }
}
