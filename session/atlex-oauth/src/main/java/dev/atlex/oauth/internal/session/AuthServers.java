package dev.atlex.oauth.internal.session;

import dev.atlex.oauth.internal.server.AuthServer;
import java.net.URI;
import java.time.Duration;

/** Finds authorization servers. */
@FunctionalInterface
public interface AuthServers {
    /**
     * Returns a server by its issuer, from a cache or from its metadata.
     *
     * @param maxAge the maximum age of the metadata
     * @throws dev.atlex.data.LexException if the metadata can't be read or is invalid
     */
    AuthServer server(URI issuer, Duration maxAge);
}
