package dev.atlex.oauth.internal.server;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * An authorization server, from its verified metadata.
 *
 * @param issuer the issuer, which identifies the server
 * @param authorizationEndpoint the page to open in the browser
 * @param parEndpoint the endpoint that accepts pushed authorization requests
 * @param tokenEndpoint the endpoint that issues and refreshes tokens
 * @param revocationEndpoint the endpoint that revokes tokens; null if the server has none
 */
public record AuthServer(
        URI issuer,
        URI authorizationEndpoint,
        URI parEndpoint,
        URI tokenEndpoint,
        @Nullable URI revocationEndpoint) {}
