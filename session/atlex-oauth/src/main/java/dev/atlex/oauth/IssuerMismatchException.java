package dev.atlex.oauth;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a response doesn't come from the authorization server that is responsible for the sign-in or the account.
 * Any tokens in the response are revoked, and nothing is saved.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9207">RFC 9207: issuer identification</a>
 */
public final class IssuerMismatchException extends OAuthException {
    private static final long serialVersionUID = 1L;

    private final URI expected;
    private final @Nullable URI found;

    /**
     * Creates the exception.
     *
     * @param message a description of the operation and the problem
     * @param expected the responsible server
     * @param found the other server, or null if there is none or it isn't trusted enough to be shown
     */
    public IssuerMismatchException(String message, URI expected, @Nullable URI found) {
        super(message, null);
        this.expected = expected;
        this.found = found;
    }

    /** Returns the responsible authorization server. */
    public URI expected() {
        return expected;
    }

    /** Returns the other authorization server, or null if it is unknown. */
    public @Nullable URI found() {
        return found;
    }
}
