package dev.atlex.oauth.internal.session;

import dev.atlex.oauth.internal.server.ClientAuth;
import org.jspecify.annotations.Nullable;

/** The methods by which a client can authenticate. A session always uses the method that it began with. */
@FunctionalInterface
public interface ClientAuths {
    /**
     * Returns the authentication for a session.
     *
     * @param method {@code none} or {@code private_key_jwt}; null if the session's data doesn't contain it
     * @param kid the key's identifier, or null
     * @throws dev.atlex.oauth.MissingClientKeyException if the client no longer has the key
     */
    ClientAuth auth(@Nullable String method, @Nullable String kid);
}
