package dev.atlex.spring.oauth;

import dev.atlex.data.LexException;

/**
 * Thrown when a controller needs a signed-in user, but the browser isn't signed in. By default, a browser is redirected
 * to the sign-in page and returns to the requested page afterward; other clients get status 401.
 */
public final class NotSignedInException extends LexException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public NotSignedInException() {
        super("the request needs a signed-in user, but the browser isn't signed in");
    }
}
