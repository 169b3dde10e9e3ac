package dev.atlex.session.internal.state;

import dev.atlex.client.internal.TimeSource;
import dev.atlex.session.SessionData;
import dev.atlex.session.internal.TokenTimes;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The data of one generation of tokens. */
public final class Tokens {
    /** So long before its expiry a token is not worth starting a body with that can't be sent twice. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    /** How long tokens that don't tell their expiry are not refreshed once that did not help. */
    private static final Duration FUTILE = Duration.ofMinutes(10);

    /** Tokens are renewed in the last part of their life: at least this much of it before the end. */
    private static final double LEAD = 0.05;

    /** And at most this much more: by chance, so that programs that signed in together don't renew together. */
    private static final double JITTER = 0.10;

    /** A server may say that a token was issued when its session began, months ago: that is not its life. */
    private static final Duration MAX_LIFE = Duration.ofHours(24);

    public final SessionData data;
    public final URI target;
    /** By our clock; null where it is not known. */
    public final @Nullable Instant expiry;

    /** Whether the server has made them for this session, rather than for another process, or some time ago. */
    public final boolean fresh;

    private final @Nullable Instant due;
    private final Duration margin;

    private volatile @Nullable Instant refusedWhenFresh;
    private volatile @Nullable Duration pause;
    private volatile boolean knownAtTarget;

    private Tokens(
            SessionData data,
            TokenTimes times,
            Duration clockOffset,
            boolean fresh,
            boolean believed,
            TimeSource timing) {
        this.data = data;
        this.fresh = fresh;
        URI pds = data.pds();
        this.target = pds == null ? data.service() : pds;
        Instant end = times.expires();
        Instant start = times.issued();
        this.expiry = end == null || !believed ? null : end.minus(clockOffset);
        if (expiry == null || end == null || start == null || !start.isBefore(end)) {
            this.margin = MARGIN;
            this.due = null;
        } else {
            Duration life =
                    life(start, end, fresh ? Duration.between(timing.clock().instant(), expiry) : MAX_LIFE);
            this.margin = life.dividedBy(5).compareTo(MARGIN) < 0 ? life.dividedBy(5) : MARGIN;
            double lead = life.toMillis() * (LEAD + JITTER * timing.random().getAsDouble());
            this.due = expiry.minusMillis(Math.round(lead));
        }
    }

    private static Duration life(Instant start, Instant end, Duration most) {
        Duration life = Duration.between(start, end);
        Duration bound = most.compareTo(MAX_LIFE) < 0 ? most : MAX_LIFE;
        return life.compareTo(bound) < 0 ? life : bound;
    }

    /**
     * Tokens that were saved some time ago.
     *
     * @param clockOffset how far the server's clock is ahead of ours, as far as that is known
     */
    public static Tokens saved(SessionData data, Duration clockOffset, TimeSource timing) {
        return new Tokens(data, TokenTimes.of(data.accessJwt()), clockOffset, false, true, timing);
    }

    /** Tokens that a server has just made. */
    public static Tokens fresh(SessionData data, Duration clockOffset, TimeSource timing) {
        TokenTimes times = TokenTimes.of(data.accessJwt());
        Instant end = times.expires();
        // A token that is new and looks expired says that our clocks differ, not that it is.
        boolean believed =
                end != null && end.minus(clockOffset).isAfter(timing.clock().instant());
        return new Tokens(data, times, clockOffset, true, believed, timing);
    }

    /** Whether the access token is about to expire, or has; false where that is not known. */
    public boolean isExpired(Clock clock) {
        return expiry != null && !clock.instant().plus(margin).isBefore(expiry);
    }

    /** Whether it is time to renew them, although they still work. */
    public boolean isDue(Clock clock) {
        return due != null && !clock.instant().isBefore(due);
    }

    /** These tokens were refused although they are fresh: other ones would be refused too. */
    public void refusedWhenFresh(Clock clock) {
        refusedWhenFresh = clock.instant();
    }

    /**
     * The server calls these tokens expired although they are fresh. It may have meant another moment's tokens, so others
     * are worth a try after a pause. Of many calls that find that out together, the first one counts.
     *
     * @param untilNextTry the pause
     */
    public synchronized void expiredWhenFresh(Clock clock, Supplier<Duration> untilNextTry) {
        if (pause == null || !refreshIsFutile(clock)) {
            pause = untilNextTry.get();
            refusedWhenFresh = clock.instant();
        }
    }

    /** Whether others were tried in vain. When these expire, or might have, it is worth trying again. */
    public boolean refreshIsFutile(Clock clock) {
        Instant refused = refusedWhenFresh;
        if (refused == null) {
            return false;
        }
        Duration wait = pause;
        if (wait != null) {
            Instant now = clock.instant();
            return now.isBefore(refused.plus(wait)) && !now.isBefore(refused);
        }
        if (expiry != null) {
            return !isExpired(clock);
        }
        Instant now = clock.instant();
        return now.isBefore(refused.plus(FUTILE)) && !now.isBefore(refused);
    }

    /** The account's server knows them, whatever it refuses. */
    public void knownAtTarget() {
        knownAtTarget = true;
    }

    /** Whether the account's server is another one than the session's, and may not know them. */
    public boolean mayBeForeign() {
        return !knownAtTarget && !target.equals(data.service());
    }

    /** Without the tokens. */
    @Override
    public String toString() {
        return "Tokens[" + data.did() + ", until " + expiry + "]";
    }
}
