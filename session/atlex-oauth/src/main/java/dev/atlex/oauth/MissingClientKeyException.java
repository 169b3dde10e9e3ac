package dev.atlex.oauth;

import java.util.List;

/**
 * Thrown before a request is sent if a session is bound to a client key that {@link ClientKeys} doesn't contain. A
 * server would refuse any other key, and end the session. Restore the key, or sign in again.
 */
public final class MissingClientKeyException extends OAuthException {
    private static final long serialVersionUID = 1L;

    private final String kid;

    /**
     * Creates an exception.
     *
     * @param kid the missing key's identifier
     * @param present the identifiers of the available keys
     */
    public MissingClientKeyException(String kid, List<String> present) {
        super("client key \"" + kid + "\" is missing (the keys are " + present
                + "): restore it, because the session doesn't work with any other key, or sign in again");
        this.kid = kid;
    }

    /** Returns the missing key's identifier. */
    public String kid() {
        return kid;
    }
}
