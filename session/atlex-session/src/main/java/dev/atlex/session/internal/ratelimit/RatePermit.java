package dev.atlex.session.internal.ratelimit;

import dev.atlex.client.RateLimit;
import dev.atlex.client.internal.HttpDates;
import dev.atlex.client.internal.Retries;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.session.internal.ExponentialBackoff;
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

/** What one request has taken of each limit, until it is known what came of it. */
public final class RatePermit {
    private static final int REFUSED = 429;
    private static final Pattern WINDOW = Pattern.compile(";\\s*w=(\\d{1,9})");

    /** The server's times are whole seconds, rounded down. */
    private static final Duration ROUNDED = Duration.ofSeconds(1);

    /**
     * No server closes a limit for longer, nor has longer windows; one that says so is mistaken, or wants to stop this
     * program. After a day the next request is sent, and the server may refuse it again.
     */
    private static final Duration LONGEST = Duration.ofDays(1);

    private record Taken(Share share, long cost) {}

    private final RateBuckets buckets;
    private final Demand demand;
    private final TimeSource timing;
    private final Clock clock;
    private final List<Taken> taken = new ArrayList<>();

    /** @param clock the one by which the buckets measure */
    public RatePermit(RateBuckets buckets, Demand demand, TimeSource timing, Clock clock) {
        this.buckets = buckets;
        this.demand = demand;
        this.timing = timing;
        this.clock = clock;
    }

    public void add(Share share, long cost) {
        taken.add(new Taken(share, cost));
    }

    /** No answer came, or nothing was sent. */
    public void lost(boolean maybeCounted) {
        Instant now = clock.instant();
        for (Taken one : taken) {
            settle(one, bucket -> {
                if (maybeCounted) {
                    bucket.used(one.cost(), now);
                } else {
                    bucket.giveBack(one.cost());
                }
            });
        }
    }

    /** The server has answered, and may have told of one limit. */
    public void answered(int status, HttpHeaders headers) {
        Instant now = clock.instant();
        boolean refused = status == REFUSED;
        RateLimit told = RateLimit.of(headers);
        Duration window = told == null ? null : window(told.policy());
        Duration asked = refused ? Retries.askedFor(headers, timing.clock()) : null;
        Instant reset = told == null ? null : reset(told, headers, now);
        Instant until = asked == null ? reset : now.plus(asked);
        Instant closed = until == null || !until.isAfter(now) ? null : ExponentialBackoff.within(LONGEST, until, now);
        long remaining = told == null ? 0 : told.remaining();
        boolean known = false;
        for (Taken one : taken) {
            boolean meant = !known && told != null && one.share().bucket().isAbout(told.limit(), window);
            known |= meant;
            settle(one, bucket -> {
                if (meant && refused) {
                    bucket.refused(one.cost(), closed, now);
                } else if (meant && reset != null) {
                    bucket.told(one.cost(), remaining, reset, now);
                } else {
                    bucket.used(one.cost(), now);
                    if (!refused) {
                        bucket.open();
                    }
                }
            });
        }
        if (!known && (refused || window != null)) {
            learn(told, window, refused, reset, closed, now);
        }
    }

    private void learn(
            @Nullable RateLimit told,
            @Nullable Duration window,
            boolean refused,
            @Nullable Instant reset,
            @Nullable Instant closed,
            Instant now) {
        long limit = told == null || window == null ? Long.MAX_VALUE / 4 : told.limit();
        RateBucket bucket = buckets.learn(demand, limit, window);
        if (bucket == null) {
            return;
        }
        buckets.with(bucket, one -> {
            if (refused) {
                one.refused(0, closed, now);
            } else if (told != null && window != null && reset != null) {
                one.told(0, told.remaining(), reset, now);
            }
            return 0;
        });
    }

    /** When the server's window ends, by the clock of the buckets. */
    private Instant reset(RateLimit told, HttpHeaders headers, Instant now) {
        Duration left = Duration.between(server(headers), told.reset()).plus(ROUNDED);
        return ExponentialBackoff.within(LONGEST, now.plus(left), now);
    }

    /** What time it is by the server's clock; by ours where it does not say. */
    private Instant server(HttpHeaders headers) {
        Instant date = HttpDates.parse(headers.first("Date"));
        return date == null ? timing.clock().instant() : date;
    }

    private static @Nullable Duration window(@Nullable String policy) {
        Matcher matcher = WINDOW.matcher(policy == null ? "" : policy);
        if (!matcher.find()) {
            return null;
        }
        Duration told = Duration.ofSeconds(Long.parseLong(matcher.group(1)));
        return told.compareTo(LONGEST) < 0 ? told : LONGEST;
    }

    private void settle(Taken one, Consumer<RateBucket> action) {
        buckets.with(one.share().bucket(), bucket -> {
            action.accept(bucket);
            return 0;
        });
    }
}
