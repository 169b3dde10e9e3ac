package dev.atlex.oauth;

import java.net.URI;

/**
 * Thrown when a server doesn't support OAuth. Accounts there sign in with an app password and a
 * {@link dev.atlex.session.PasswordSession}.
 */
public final class OAuthUnsupportedException extends OAuthException {
    private static final long serialVersionUID = 1L;

    private final URI server;

    /**
     * Creates the exception.
     *
     * @param server the origin of the server
     * @param problem the missing feature
     */
    public OAuthUnsupportedException(URI server, String problem) {
        super(server + " does not support OAuth: " + problem + "; sign in with an app password instead", null);
        this.server = server;
    }

    /** Returns the origin of the server. */
    public URI server() {
        return server;
    }
}
