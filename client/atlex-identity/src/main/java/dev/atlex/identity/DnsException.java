package dev.atlex.identity;

import org.jspecify.annotations.Nullable;

/** The DNS could not be asked: no server answered in time, or none with more than a failure. */
public final class DnsException extends IdentityException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message which name was looked up, which server was asked, and what came of it
     * @param cause what failed underneath, if anything
     */
    public DnsException(String message, @Nullable Throwable cause) {
        super(message, cause, true);
    }

    @Override
    IdentityException copy() {
        return new DnsException(String.valueOf(getMessage()), this);
    }
}
