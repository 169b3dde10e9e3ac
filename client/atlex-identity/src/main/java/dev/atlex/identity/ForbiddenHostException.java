package dev.atlex.identity;

import org.jspecify.annotations.Nullable;

/**
 * A name that strangers chose leads where no request of ours may go: to a private network, an address written out, a
 * reserved domain, or by plain HTTP. See {@link IdentityResolver.Builder#allowPrivateAddresses}.
 */
public final class ForbiddenHostException extends IdentityException {
    private static final long serialVersionUID = 1L;

    private final String host;

    ForbiddenHostException(String host, String message, @Nullable Throwable cause) {
        super(message, cause, false);
        this.host = host;
    }

    /** The host, as it was written. */
    public String host() {
        return host;
    }

    @Override
    IdentityException copy() {
        return new ForbiddenHostException(host, String.valueOf(getMessage()), this);
    }
}
