package dev.atlex.oauth.internal.session;

import dev.atlex.oauth.internal.server.ClientAuth;
import org.jspecify.annotations.Nullable;

/** The ways in which a client can authenticate. A session uses the way that it began with. */
@FunctionalInterface
public interface ClientAuths {
    /**
     * Returns the authentication of a session, or null if the client doesn't have it, for example because the key was
     * removed.
     *
     * @param method {@code none} or {@code private_key_jwt}; null if the session doesn't tell, which means the way of a
     *     new session
     * @param kid the key's identifier, or null
     */
    @Nullable
    ClientAuth auth(@Nullable String method, @Nullable String kid);
}
