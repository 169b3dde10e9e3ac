package dev.atlex.oauth;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when no browser can be opened, because the machine has none or the program has no desktop. Show the URL to the
 * user instead, with your own {@link Browser}.
 */
public final class BrowserUnavailableException extends OAuthException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public BrowserUnavailableException(String problem, @Nullable Throwable cause) {
        super("can't open a browser: " + problem, cause);
    }
}
