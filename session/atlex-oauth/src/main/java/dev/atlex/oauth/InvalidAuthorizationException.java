package dev.atlex.oauth;

/**
 * Thrown when the response to a sign-in lacks something that the specification requires. Any tokens in the response are
 * revoked, and nothing is saved.
 *
 * @see <a href="https://atproto.com/specs/oauth#authorization-scopes">AT Protocol: OAuth</a>
 */
public final class InvalidAuthorizationException extends OAuthException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param problem the missing or invalid part; must not contain secrets
     */
    public InvalidAuthorizationException(String problem) {
        super("failed to sign in: invalid response from the authorization server: " + problem);
    }
}
