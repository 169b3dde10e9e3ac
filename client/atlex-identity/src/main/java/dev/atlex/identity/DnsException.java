package dev.atlex.identity;

import org.jspecify.annotations.Nullable;

/** Thrown when a DNS lookup fails, for example because no server responds in time or all of them report failures. */
public final class DnsException extends IdentityException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception; for implementations of {@link DnsResolver}.
     *
     * @param message the name, the server that was queried, and the failure
     * @param cause the underlying failure, or null
     */
    public DnsException(String message, @Nullable Throwable cause) {
        super(message, cause, true);
    }

    @Override
    IdentityException copy() {
        return new DnsException(String.valueOf(getMessage()), this);
    }
}
