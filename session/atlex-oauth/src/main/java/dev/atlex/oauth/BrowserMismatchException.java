package dev.atlex.oauth;

/**
 * Thrown when a callback doesn't come from the browser that started the sign-in, or lacks that browser's cookie.
 * Otherwise, an attacker's link could sign a user in to the attacker's account.
 *
 * @see Authorization#browserSecret
 */
public final class BrowserMismatchException extends OAuthException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public BrowserMismatchException() {
        super(
                "failed to sign in: the callback doesn't come from the browser that started the sign-in,"
                        + " or lacks that browser's cookie; start again",
                null);
    }
}
