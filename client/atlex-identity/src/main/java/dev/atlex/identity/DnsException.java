package dev.atlex.identity;

import org.jspecify.annotations.Nullable;

/** Thrown when a DNS lookup fails, for example because no server responds in time or all of them report failures. */
public final class DnsException extends IdentityException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception. Intended for implementations of {@link DnsResolver}.
     *
     * @param message a description of the failure that includes the name and the server that was queried
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
