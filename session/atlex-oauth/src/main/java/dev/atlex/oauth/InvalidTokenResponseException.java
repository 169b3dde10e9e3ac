package dev.atlex.oauth;

/**
 * Thrown when the response of an authorization server to a sign-in lacks something that the specification requires. Its
 * tokens are revoked, and nothing is saved.
 *
 * @see <a href="https://atproto.com/specs/oauth#authorization-scopes">AT Protocol: OAuth</a>
 */
public final class InvalidTokenResponseException extends OAuthException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param problem the missing or invalid part, without secrets
     */
    public InvalidTokenResponseException(String problem) {
        super("failed to sign in: invalid token response: " + problem, null);
    }
}
