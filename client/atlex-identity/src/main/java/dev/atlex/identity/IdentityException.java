package dev.atlex.identity;

import dev.atlex.data.LexException;
import org.jspecify.annotations.Nullable;

/** Thrown when an identity can't be resolved. The message gives the identifier or host and the reason. */
public abstract class IdentityException extends LexException {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    IdentityException(String message, @Nullable Throwable cause, boolean retryable) {
        super(message, cause);
        this.retryable = retryable;
    }

    /**
     * Returns whether a retry may succeed: true if a lookup failed, false if the identity doesn't exist or is invalid.
     * In the second case, the failure is cached for {@link IdentityResolver.Builder#missTtl}.
     */
    public final boolean retryable() {
        return retryable;
    }

    /**
     * Returns a copy for another caller, with this exception as its cause. A cached or shared exception
     * must not be rethrown as is, because every caller would see the first caller's stack trace.
     */
    abstract IdentityException copy();
}
