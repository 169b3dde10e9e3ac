package dev.atlex.identity;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a URL from an untrusted source isn't safe to request: it uses plain HTTP, or its host is an IP address, a
 * local or reserved name, or a domain with a private address.
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
