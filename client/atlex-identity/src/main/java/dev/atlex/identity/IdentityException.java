package dev.atlex.identity;

import dev.atlex.data.LexException;
import org.jspecify.annotations.Nullable;

/** Why an identity could not be resolved. Messages name what was looked up, where, and what came of it. */
public abstract class IdentityException extends LexException {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    IdentityException(String message, @Nullable Throwable cause, boolean retryable) {
        super(message, cause);
        this.retryable = retryable;
    }

    /**
     * Whether trying again soon may help: true where somebody could not be asked or failed to answer, false where the
     * answer is no. Answers of no are remembered for a while, see {@link IdentityResolver.Builder#missTtl}.
     */
    public final boolean retryable() {
        return retryable;
    }

    /**
     * The same for another caller, with this as its cause: an exception that is remembered, or that several threads wait
     * for, must not be thrown by each of them with the stack trace of the first.
     */
    abstract IdentityException copy();
}
