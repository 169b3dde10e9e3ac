package dev.atlex.testkit.internal.oauth;

import org.jspecify.annotations.Nullable;

/**
 * A client that has authenticated itself, and the DPoP key of its request.
 *
 * @param thumbprint the thumbprint of the DPoP key, or null if the request had no proof
 */
record AuthenticatedClient(
        Client client, ClientAuth auth, @Nullable String thumbprint) {}
