package dev.atlex.oauth.internal.session;

import dev.atlex.oauth.OAuthSessionData;
import dev.atlex.oauth.internal.session.OAuthRecord.Marker;
import dev.atlex.session.AccountInactiveException;
import dev.atlex.session.SessionException;
import dev.atlex.session.internal.state.Retry;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An OAuth session at one moment. Immutable; {@link OAuthMachine} replaces it. */
public sealed interface Snapshot {
    /** Returns the session's current facts, or its last ones if it has ended. */
    Active facts();

    /** Returns this snapshot with changed facts. An ended session stays ended. */
    Snapshot map(UnaryOperator<Active> change);

    /**
     * An active session.
     *
     * @param record the entry as it is, or as it has to be saved
     * @param entry the known generation of the store's entry; {@code EntryStore.NONE} if there is no entry
     * @param tokens the tokens of the record
     * @param retry whether the last refresh failed, and when the next one may be tried
     * @param unsaved the failed save of the record; null if the record is saved
     * @param unsettled the marker of our refresh with an unknown outcome; null if there is none
     * @param inactive the reason why the server refuses the account; null if it doesn't
     * @param refreshedAt the time at which the tokens were issued or adopted; null if that is unknown
     */
    record Active(
            OAuthRecord record,
            long entry,
            Tokens tokens,
            Retry retry,
            @Nullable Unsaved unsaved,
            @Nullable Marker unsettled,
            @Nullable AccountInactiveException inactive,
            @Nullable Instant refreshedAt)
            implements Snapshot {
        /** Returns the session's data. */
        public OAuthSessionData data() {
            return record.data();
        }

        /** Returns when the access token expires by our clock; null if that is unknown. */
        public @Nullable Instant expiry() {
            return tokens.expiry();
        }

        /** Returns whether the access token has expired, or is about to. */
        public boolean isExpired(Instant now) {
            return tokens.isExpired(now);
        }

        /** Returns whether the store has the session's tokens. */
        public boolean isSaved() {
            return unsaved == null;
        }

        @Override
        public Active facts() {
            return this;
        }

        @Override
        public Active map(UnaryOperator<Active> change) {
            return change.apply(this);
        }

        /** Returns the session with an entry that was read or saved and has the same tokens. */
        Active stored(OAuthRecord stored, long generation) {
            return new Active(stored, generation, tokens, retry, null, unsettled, inactive, refreshedAt);
        }

        /** Returns the session with new tokens from an entry. */
        Active refreshed(OAuthRecord stored, long generation, Tokens next, Instant now) {
            return new Active(stored, generation, next, retry.succeeded(), null, null, inactive, now);
        }

        /** Returns the session with new tokens that couldn't be saved. */
        Active refreshedUnsaved(OAuthRecord next, Tokens issued, Unsaved why, Instant now) {
            return new Active(next, entry, issued, retry.succeeded(), why, null, inactive, now);
        }

        /** Returns the session with the generation of the entry that the next save replaces. */
        Active replacing(long generation) {
            return new Active(record, generation, tokens, retry, unsaved, unsettled, inactive, refreshedAt);
        }

        Active with(Tokens other) {
            return new Active(record, entry, other, retry, unsaved, unsettled, inactive, refreshedAt);
        }

        Active with(Retry other) {
            return new Active(record, entry, tokens, other, unsaved, unsettled, inactive, refreshedAt);
        }

        Active with(Unsaved other) {
            return new Active(record, entry, tokens, retry, other, unsettled, inactive, refreshedAt);
        }

        Active withUnsettled(@Nullable Marker other) {
            return new Active(record, entry, tokens, retry, unsaved, other, inactive, refreshedAt);
        }

        Active withInactive(@Nullable AccountInactiveException other) {
            return new Active(record, entry, tokens, retry, unsaved, unsettled, other, refreshedAt);
        }

        /** Returns a description without tokens. */
        @Override
        public String toString() {
            return "Active[" + tokens + ", saved=" + isSaved() + ", retry at " + retry.notBefore() + "]";
        }
    }

    /**
     * A failed save of new tokens.
     *
     * @param old the record with the tokens that the store still has
     * @param attempts the number of attempts so far
     * @param notBefore the time of the next attempt
     */
    record Unsaved(OAuthRecord old, int attempts, Instant notBefore) {}

    /**
     * A session that has ended.
     *
     * @param last its last facts
     * @param reason the reason why it ended
     */
    record Ended(Active last, SessionException reason) implements Snapshot {
        @Override
        public Active facts() {
            return last;
        }

        @Override
        public Ended map(UnaryOperator<Active> change) {
            return new Ended(change.apply(last), reason);
        }

        /** Returns a description without tokens. */
        @Override
        public String toString() {
            return "Ended[" + last.data().did() + ", " + reason.getMessage() + "]";
        }
    }
}
