package dev.atlex.identity;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a host name from an untrusted source would direct a request to a private network, a literal address or a
 * reserved domain, or by plain HTTP.
 *
 * @see IdentityResolver.Builder#allowPrivateAddresses
 */
public final class ForbiddenHostException extends IdentityException {
    private static final long serialVersionUID = 1L;

    private final String host;

    /**
     * Creates an exception.
     *
     * @param host the host as the untrusted source spelled it
     */
    public ForbiddenHostException(String host, String message, @Nullable Throwable cause) {
        super(message, cause, false);
        this.host = host;
    }

    /** Returns the host as the untrusted source spelled it. */
    public String host() {
        return host;
    }

    @Override
    IdentityException copy() {
        return new ForbiddenHostException(host, String.valueOf(getMessage()), this);
    }
}
