package dev.atlex.oauth.internal.server;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * An authorization server, from its verified metadata.
 *
 * @param issuer the issuer, which identifies the server
 * @param authorizationEndpoint where the browser goes
 * @param parEndpoint accepts pushed authorization requests
 * @param tokenEndpoint issues and refreshes tokens
 * @param revocationEndpoint revokes tokens; null if the server can't
 */
public record AuthServer(
        URI issuer,
        URI authorizationEndpoint,
        URI parEndpoint,
        URI tokenEndpoint,
        @Nullable URI revocationEndpoint) {}
