package dev.atlex.oauth;

/**
 * Thrown when a callback doesn't belong to a sign-in in progress: its {@code state} is unknown, was used
 * before, or is too old, or the user didn't finish in time. Start the sign-in again.
 */
public final class AuthorizationExpiredException extends OAuthException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param problem the problem; must not contain secrets
     */
    public AuthorizationExpiredException(String problem) {
        super("failed to sign in: " + problem + "; start again", null);
    }
}
