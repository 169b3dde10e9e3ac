package dev.atlex.conformance;

import dev.atlex.bluesky.Bluesky;
import dev.atlex.client.Client;
import dev.atlex.session.PasswordSession;
import dev.atlex.syntax.Did;

/**
 * An account that is signed in.
 *
 * @param bsky reads every response strictly
 */
record Person(String handle, PasswordSession session, Bluesky bsky) {
    Did did() {
        return bsky.did();
    }

    /** Returns the client that reads strictly. */
    Client client() {
        return bsky.client();
    }
}
