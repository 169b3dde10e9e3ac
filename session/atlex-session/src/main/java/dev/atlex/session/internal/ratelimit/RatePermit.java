package dev.atlex.session.internal.ratelimit;

import dev.atlex.client.RateLimit;
import dev.atlex.client.internal.ExponentialBackoff;
import dev.atlex.client.internal.HttpDates;
import dev.atlex.client.internal.RetryAfter;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.session.internal.ratelimit.RateBuckets.Demand;
import dev.atlex.session.internal.ratelimit.RateBuckets.Share;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Permits one request. Holds the request's share of each limit until its outcome is known: {@link #responded},
 * {@link #unconfirmed} or {@link #cancel}.
 */
public final class RatePermit {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Pattern WINDOW = Pattern.compile(";\\s*w=(\\d{1,9})");

    /** The allowance for rounding. Servers round their times down to whole seconds. */
    private static final Duration ROUNDING = Duration.ofSeconds(1);

    /**
     * The longest time for which a server can close a limit, and the longest window. A server that reports more is
     * faulty or malicious. After a day, the next request is sent, and the server may reject it again.
     */
    private static final Duration MAX_CLOSED = Duration.ofDays(1);

    /** The limit for a bucket whose size the server hasn't reported. It is far from an overflow. */
    private static final long UNKNOWN_LIMIT = Long.MAX_VALUE / 4;

    private record Taken(Share share, long cost) {}

    private final RateBuckets buckets;
    private final Demand demand;
    private final TimeSource timing;
    private final Clock clock;
    private final List<Taken> taken = new ArrayList<>();

    /** @param clock the steady clock of the buckets */
    public RatePermit(RateBuckets buckets, Demand demand, TimeSource timing, Clock clock) {
        this.buckets = buckets;
        this.demand = demand;
        this.timing = timing;
        this.clock = clock;
    }

    /** Adds the points taken from one bucket. */
    public void add(Share share, long cost) {
        taken.add(new Taken(share, cost));
    }

    /** Gives back all points, because the request wasn't sent. */
    public void cancel() {
        for (Taken one : taken) {
            settle(one, bucket -> bucket.giveBack(one.cost()));
        }
    }

    /** Counts the request as sent, although no response from the server confirms that. */
    public void unconfirmed() {
        Instant now = clock.instant();
        for (Taken one : taken) {
            settle(one, bucket -> bucket.used(one.cost(), now));
        }
    }

    /** Counts the request according to the server's response, which may describe one limit. */
    public void responded(int status, HttpHeaders headers) {
        Instant now = clock.instant();
        boolean rejected = status == TOO_MANY_REQUESTS;
        RateLimit reported = RateLimit.of(headers);
        Duration window = reported == null ? null : window(reported.policy());
        Duration retryAfter = rejected ? RetryAfter.of(status, headers, timing.clock()) : null;
        Instant reset = reported == null ? null : reset(reported, headers, now);
        Instant until = retryAfter == null ? reset : now.plus(retryAfter);
        Instant closedUntil =
                until == null || !until.isAfter(now) ? null : ExponentialBackoff.within(MAX_CLOSED, until, now);
        long remaining = reported == null ? 0 : reported.remaining();
        boolean known = false;
        for (Taken one : taken) {
            boolean meant = !known && reported != null && one.share().bucket().matches(reported.limit(), window);
            known |= meant;
            settle(one, bucket -> {
                if (meant && rejected) {
                    bucket.reject(one.cost(), closedUntil, now);
                } else if (meant && reset != null) {
                    bucket.report(one.cost(), remaining, reset, now);
                } else {
                    bucket.used(one.cost(), now);
                    if (!rejected) {
                        bucket.accept();
                    }
                }
            });
        }
        if (!known && (rejected || window != null)) {
            learn(reported, window, rejected, reset, closedUntil, now);
        }
    }

    /** Adds a bucket for a limit that isn't configured. Such a limit applies to the account's calls to this method. */
    private void learn(
            @Nullable RateLimit reported,
            @Nullable Duration window,
            boolean rejected,
            @Nullable Instant reset,
            @Nullable Instant closedUntil,
            Instant now) {
        long limit = reported == null || window == null ? UNKNOWN_LIMIT : reported.limit();
        RateBucket bucket = buckets.learn(demand, limit, window);
        if (bucket == null) {
            return;
        }
        buckets.with(bucket, one -> {
            if (rejected) {
                one.reject(0, closedUntil, now);
            } else if (reported != null && window != null && reset != null) {
                one.report(0, reported.remaining(), reset, now);
            }
            return 0;
        });
    }

    /** Returns the time at which the server's window ends, by the clock of the buckets. */
    private Instant reset(RateLimit reported, HttpHeaders headers, Instant now) {
        Duration left = Duration.between(serverTime(headers), reported.reset()).plus(ROUNDING);
        return ExponentialBackoff.within(MAX_CLOSED, now.plus(left), now);
    }

    /** Returns the time of the server's {@code Date} header, or the system time if there is none. */
    private Instant serverTime(HttpHeaders headers) {
        Instant date = HttpDates.parse(headers.first("Date"));
        return date == null ? timing.clock().instant() : date;
    }

    private static @Nullable Duration window(@Nullable String policy) {
        Matcher matcher = WINDOW.matcher(policy == null ? "" : policy);
        if (!matcher.find()) {
            return null;
        }
        Duration reported = Duration.ofSeconds(Long.parseLong(matcher.group(1)));
        return reported.compareTo(MAX_CLOSED) < 0 ? reported : MAX_CLOSED;
    }

    private void settle(Taken one, Consumer<RateBucket> action) {
        buckets.with(one.share().bucket(), bucket -> {
            action.accept(bucket);
            return 0;
        });
    }
}
