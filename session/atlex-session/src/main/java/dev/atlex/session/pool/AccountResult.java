package dev.atlex.session.pool;

import dev.atlex.session.UnexpectedErrorException;
import dev.atlex.syntax.Did;
import org.jspecify.annotations.Nullable;

/** The result of a bulk operation for one account. */
public final class AccountResult {
    /** The outcome of the operation for the account. */
    public enum Outcome {
        /** It succeeded. */
        DONE,
        /** It failed for a transient reason, and is retried by maintenance or when the session is used. */
        POSTPONED,
        /** It failed. */
        FAILED
    }

    private final Did did;
    private final Outcome outcome;
    private final @Nullable RuntimeException failure;

    private AccountResult(Did did, Outcome outcome, @Nullable RuntimeException failure) {
        this.did = did;
        this.outcome = outcome;
        this.failure = failure;
    }

    static AccountResult done(Did did) {
        return new AccountResult(did, Outcome.DONE, null);
    }

    static AccountResult postponed(Did did, @Nullable RuntimeException failure) {
        return new AccountResult(did, Outcome.POSTPONED, failure);
    }

    static AccountResult failed(Did did, RuntimeException failure) {
        return new AccountResult(did, Outcome.FAILED, failure);
    }

    /** Returns the account. */
    public Did did() {
        return did;
    }

    /** Returns how the operation ended. */
    public Outcome outcome() {
        return outcome;
    }

    /**
     * Returns the exception that the call for this account alone would have thrown, or null if the operation succeeded,
     * a logout was queued in the store, or another process is refreshing. An {@link Error} is wrapped in an {@link
     * UnexpectedErrorException}.
     */
    public @Nullable RuntimeException failure() {
        return failure;
    }

    @Override
    public String toString() {
        return "AccountResult[" + did + ", " + outcome + (failure == null ? "" : ", " + failure) + "]";
    }
}
