package dev.atlex.session.internal.state;

import dev.atlex.session.AccountInactiveException;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionException;
import dev.atlex.session.internal.persist.Saving;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A session at one moment. Immutable; {@link SessionMachine} replaces it. */
public sealed interface Snapshot {
    /** Returns the session's current facts, or its last ones if it has ended. */
    Active facts();

    /** Returns this snapshot with changed facts. An ended session stays ended. */
    Snapshot map(UnaryOperator<Active> change);

    /**
     * Returns the ended session. A session that has already ended keeps its reason.
     *
     * @param more refresh tokens that are still to be revoked
     */
    Ended end(SessionException reason, Collection<String> more);

    /**
     * An active session.
     *
     * @param tokens its data and tokens
     * @param retry whether its last refresh failed, and when the next one may be tried
     * @param saving whether its newest data has been saved
     * @param inactive the reason why the server refuses the account; null if it doesn't
     * @param clockOffset the time by which the server's clock is ahead of ours; zero if unknown
     * @param refreshedAt the time at which the tokens were issued, adopted or saved; null if unknown
     * @param unsettled a refresh token that was sent in a request with an unknown outcome, so it may have an unknown
     *     successor; null if there is no such token
     * @param unrevoked tokens that a failed logout found on the server, and that still work
     * @param expiredInARow the number of consecutive fresh tokens that the server has called expired
     */
    record Active(
            AccessTokens tokens,
            Retry retry,
            Saving saving,
            @Nullable AccountInactiveException inactive,
            Duration clockOffset,
            @Nullable Instant refreshedAt,
            @Nullable String unsettled,
            Set<String> unrevoked,
            int expiredInARow)
            implements Snapshot {
        /** Returns a session with these tokens, about which nothing else is known. */
        static Active of(AccessTokens tokens, Duration clockOffset, @Nullable Instant refreshedAt) {
            return new Active(tokens, Retry.NONE, Saving.INITIAL, null, clockOffset, refreshedAt, null, Set.of(), 0);
        }

        /** Returns the session's data. */
        public SessionData data() {
            return tokens.data();
        }

        @Override
        public Active facts() {
            return this;
        }

        @Override
        public Active map(UnaryOperator<Active> change) {
            return change.apply(this);
        }

        @Override
        public Ended end(SessionException reason, Collection<String> more) {
            return new Ended(this, reason, new LinkedHashSet<>(more));
        }

        /** Returns the session with new tokens, which it uses from now on. */
        Active refreshed(AccessTokens next, Instant now) {
            return new Active(
                    next, retry.succeeded(), saving, inactive, clockOffset, now, unsettled, unrevoked, expiredInARow);
        }

        Active with(AccessTokens other) {
            return new Active(
                    other, retry, saving, inactive, clockOffset, refreshedAt, unsettled, unrevoked, expiredInARow);
        }

        Active with(Retry other) {
            return new Active(
                    tokens, other, saving, inactive, clockOffset, refreshedAt, unsettled, unrevoked, expiredInARow);
        }

        Active with(Saving other) {
            return new Active(
                    tokens, retry, other, inactive, clockOffset, refreshedAt, unsettled, unrevoked, expiredInARow);
        }

        Active withInactive(@Nullable AccountInactiveException other) {
            return new Active(
                    tokens, retry, saving, other, clockOffset, refreshedAt, unsettled, unrevoked, expiredInARow);
        }

        Active withClockOffset(Duration other) {
            return new Active(tokens, retry, saving, inactive, other, refreshedAt, unsettled, unrevoked, expiredInARow);
        }

        Active withRefreshedAt(Instant other) {
            return new Active(tokens, retry, saving, inactive, clockOffset, other, unsettled, unrevoked, expiredInARow);
        }

        Active withUnsettled(@Nullable String token) {
            return new Active(
                    tokens, retry, saving, inactive, clockOffset, refreshedAt, token, unrevoked, expiredInARow);
        }

        Active withUnrevoked(List<String> more) {
            Set<String> all = new LinkedHashSet<>(unrevoked);
            all.addAll(more);
            return new Active(tokens, retry, saving, inactive, clockOffset, refreshedAt, unsettled, all, expiredInARow);
        }

        Active withExpiredInARow(int number) {
            return new Active(tokens, retry, saving, inactive, clockOffset, refreshedAt, unsettled, unrevoked, number);
        }

        /** Returns all refresh tokens of the session that the server may still accept; the current one comes last. */
        List<String> refreshTokens(Instant now) {
            return saving.entry().rotated().with(data().refreshJwt(), now);
        }

        /** Returns the tokens that no exception may show. */
        List<String> secrets(Instant now) {
            List<String> secrets = new ArrayList<>(refreshTokens(now));
            secrets.add(data().accessJwt());
            return secrets;
        }

        /** Returns a description without tokens. */
        @Override
        public String toString() {
            return "Active[" + tokens + ", saved=" + saving.isSaved() + ", retry at " + retry.notBefore() + "]";
        }
    }

    /**
     * A session that has ended.
     *
     * @param last its last facts
     * @param reason the reason why it ended
     * @param revoking refresh tokens that the store keeps, or may keep, until the server has revoked them
     */
    record Ended(Active last, SessionException reason, Set<String> revoking) implements Snapshot {
        @Override
        public Active facts() {
            return last;
        }

        @Override
        public Ended map(UnaryOperator<Active> change) {
            return new Ended(change.apply(last), reason, revoking);
        }

        @Override
        public Ended end(SessionException ignored, Collection<String> more) {
            Set<String> all = new LinkedHashSet<>(revoking);
            all.addAll(more);
            return new Ended(last, reason, all);
        }

        /** Returns a description without tokens. */
        @Override
        public String toString() {
            return "Ended[" + last.data().did() + ", " + reason.getMessage() + "]";
        }
    }
}
