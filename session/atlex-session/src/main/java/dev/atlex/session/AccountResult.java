package dev.atlex.session;

import dev.atlex.syntax.Did;
import org.jspecify.annotations.Nullable;

/**
 * What came of something that was done with many accounts, for one of them.
 *
 * @param did the account
 * @param outcome how it ended
 * @param failure why it was not done, as the call for this account alone would have thrown it, an {@link Error} wrapped in an
 *     {@link UnexpectedErrorException}; null where it was, and where the store remembers what is left of a logout
 */
public record AccountResult(
        Did did, Outcome outcome, @Nullable RuntimeException failure) {
    /** How it ended. */
    public enum Outcome {
        /** It is done. */
        DONE,
        /** Something stood in the way that may pass; it is tried again when the session is used, or by maintenance. */
        POSTPONED,
        /** It was not done. */
        FAILED
    }

    static AccountResult done(Did did) {
        return new AccountResult(did, Outcome.DONE, null);
    }

    static AccountResult postponed(Did did, @Nullable RuntimeException why) {
        return new AccountResult(did, Outcome.POSTPONED, why);
    }

    static AccountResult failed(Did did, RuntimeException why) {
        return new AccountResult(did, Outcome.FAILED, why);
    }
}
