package dev.atlex.oauth.internal.session;

import dev.atlex.oauth.internal.server.ClientAuth;
import org.jspecify.annotations.Nullable;

/** The ways in which a client can authenticate. A session uses the way that it began with. */
@FunctionalInterface
public interface ClientAuths {
    /**
     * Returns the authentication of a session.
     *
     * @param method {@code none} or {@code private_key_jwt}; null if the session's data doesn't contain it
     * @param kid the key's identifier, or null
     * @throws dev.atlex.oauth.MissingClientKeyException if the client doesn't have the key any more
     */
    ClientAuth auth(@Nullable String method, @Nullable String kid);
}
