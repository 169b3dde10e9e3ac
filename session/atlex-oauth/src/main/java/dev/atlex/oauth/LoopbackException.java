package dev.atlex.oauth;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Thrown when a program can't listen on its redirect URI for the callback, usually because the port is in use. */
public final class LoopbackException extends OAuthException {
    private static final long serialVersionUID = 1L;

    private final URI redirectUri;

    /** Creates the exception. */
    public LoopbackException(URI redirectUri, String problem, @Nullable Throwable cause) {
        super("can't listen for the callback at " + redirectUri + ": " + problem, cause);
        this.redirectUri = redirectUri;
    }

    /** Returns the redirect URI on which the program tried to listen. */
    public URI redirectUri() {
        return redirectUri;
    }
}
