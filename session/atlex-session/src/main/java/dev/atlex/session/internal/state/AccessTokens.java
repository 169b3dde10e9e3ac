package dev.atlex.session.internal.state;

import dev.atlex.client.internal.ExponentialBackoff;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.session.SessionData;
import dev.atlex.session.internal.TokenTimes;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session's data with one generation of its tokens.
 *
 * @param generation a number that is unique among the sets of tokens of one session object, even if a server returns
 *     the same tokens twice
 * @param data the session's data, including the tokens
 * @param target the server that requests are sent to
 * @param expiry the time at which the access token expires by our clock; null if that is unknown
 * @param fresh whether the server issued the tokens to this session just now, rather than to another process or some
 *     time ago
 * @param due the time from which to refresh, although the token still works; null if its lifetime is unknown
 * @param margin the time before its expiry at which the token is no longer used for a body that can't be sent twice
 * @param refusal the refusal of these tokens even though they were fresh; null if there was none
 * @param knownAtTarget whether the account's server knows the tokens, even if it rejects requests
 */
public record AccessTokens(
        long generation,
        SessionData data,
        URI target,
        @Nullable Instant expiry,
        boolean fresh,
        @Nullable Instant due,
        Duration margin,
        @Nullable Refusal refusal,
        boolean knownAtTarget) {
    private static final Duration MARGIN = Duration.ofSeconds(10);

    /** The time for which tokens without an expiry aren't refreshed after a refresh that didn't help. */
    private static final Duration FUTILE = Duration.ofMinutes(10);

    /** The pauses between refreshes of tokens that a server calls expired even though they are fresh. */
    private static final ExponentialBackoff EXPIRED_PAUSES =
            new ExponentialBackoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    /** The smallest fraction of a token's lifetime that is left when the token is refreshed. */
    private static final double LEAD = 0.05;

    /**
     * The largest fraction that is added to it at random, so that programs that signed in together don't refresh
     * together.
     */
    private static final double JITTER = 0.10;

    /**
     * A server may date a token back to the start of its session, months ago. The lifetime computed from that date
     * would be wrong.
     */
    private static final Duration MAX_LIFE = Duration.ofHours(24);

    /**
     * A refusal of fresh tokens. New tokens would be refused too.
     *
     * @param at the time of the refusal
     * @param pause the time for which no refresh is tried; null if none is tried until the tokens expire
     */
    public record Refusal(Instant at, @Nullable Duration pause) {}

    /**
     * Returns tokens that were saved some time ago.
     *
     * @param clockOffset the time by which the server's clock is ahead of ours, as far as that is known
     */
    public static AccessTokens saved(long generation, SessionData data, Duration clockOffset, TimeSource timing) {
        return create(generation, data, TokenTimes.of(data.accessJwt()), clockOffset, false, true, timing);
    }

    /** Returns tokens that a server has just issued. */
    public static AccessTokens fresh(long generation, SessionData data, Duration clockOffset, TimeSource timing) {
        TokenTimes times = TokenTimes.of(data.accessJwt());
        Instant end = times.expires();
        // If a new token looks expired, the clocks differ, and it isn't really expired.
        boolean believed =
                end != null && end.minus(clockOffset).isAfter(timing.clock().instant());
        return create(generation, data, times, clockOffset, true, believed, timing);
    }

    private static AccessTokens create(
            long generation,
            SessionData data,
            TokenTimes times,
            Duration clockOffset,
            boolean fresh,
            boolean believed,
            TimeSource timing) {
        URI pds = data.pds();
        URI target = pds == null ? data.service() : pds;
        Instant end = times.expires();
        Instant start = times.issued();
        Instant expiry = end == null || !believed ? null : end.minus(clockOffset);
        if (expiry == null || end == null || start == null || !start.isBefore(end)) {
            return new AccessTokens(generation, data, target, expiry, fresh, null, MARGIN, null, false);
        }
        Duration left = fresh ? Duration.between(timing.clock().instant(), expiry) : MAX_LIFE;
        Duration life = shortest(Duration.between(start, end), left, MAX_LIFE);
        Duration margin = shortest(life.dividedBy(5), MARGIN, MARGIN);
        double lead = life.toMillis() * (LEAD + JITTER * timing.random().getAsDouble());
        Instant due = expiry.minusMillis(Math.round(lead));
        return new AccessTokens(generation, data, target, expiry, fresh, due, margin, null, false);
    }

    private static Duration shortest(Duration one, Duration two, Duration three) {
        Duration shorter = one.compareTo(two) < 0 ? one : two;
        return shorter.compareTo(three) < 0 ? shorter : three;
    }

    /** Returns whether both are the same generation of tokens. */
    boolean isSame(AccessTokens other) {
        return generation == other.generation;
    }

    /** Returns whether the access token is known to have expired, or is about to. */
    public boolean isExpired(Instant now) {
        return expiry != null && !now.plus(margin).isBefore(expiry);
    }

    /** Returns whether it is time to refresh, although the tokens may still work. */
    public boolean isDue(Instant now) {
        return due != null && !now.isBefore(due);
    }

    /** Returns the tokens after the server has refused them even though they are fresh. */
    AccessTokens refused(Instant now) {
        return with(new Refusal(now, refusal == null ? null : refusal.pause()));
    }

    /**
     * Returns the tokens after the server has called them expired even though they are fresh. The refusal may be
     * temporary, so a refresh is tried after a pause. If many calls get this response together, only the first one
     * counts.
     *
     * @param before the number of consecutive fresh tokens that were called expired before
     */
    AccessTokens calledExpired(Instant now, int before) {
        return isPaused(now) ? this : with(new Refusal(now, EXPIRED_PAUSES.after(before)));
    }

    /** Returns whether a pause after {@link #calledExpired} is in progress. */
    boolean isPaused(Instant now) {
        return refusal != null && refusal.pause() != null && isRefreshFutile(now);
    }

    /**
     * Returns whether refreshing didn't help. Once these tokens expire, or may have expired, it is worth trying again.
     */
    public boolean isRefreshFutile(Instant now) {
        if (refusal == null) {
            return false;
        }
        Duration wait = refusal.pause();
        if (wait == null && expiry != null) {
            return !isExpired(now);
        }
        Instant end = refusal.at().plus(wait == null ? FUTILE : wait);
        return now.isBefore(end) && !now.isBefore(refusal.at());
    }

    private AccessTokens with(@Nullable Refusal other) {
        return new AccessTokens(generation, data, target, expiry, fresh, due, margin, other, knownAtTarget);
    }

    /** Returns the tokens after the account's server has shown that it knows them. */
    AccessTokens confirmedAtTarget() {
        return new AccessTokens(generation, data, target, expiry, fresh, due, margin, refusal, true);
    }

    /** Returns whether the account's server differs from the session's, and may not know the tokens. */
    public boolean mayBeForeign() {
        return !knownAtTarget && !target.equals(data.service());
    }

    /** Returns a description without tokens. */
    @Override
    public String toString() {
        return "AccessTokens[" + data.did() + ", until " + expiry + "]";
    }
}
