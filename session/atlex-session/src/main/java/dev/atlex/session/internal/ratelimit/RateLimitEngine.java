package dev.atlex.session.internal.ratelimit;

import dev.atlex.client.Agent;
import dev.atlex.client.AgentRequest;
import dev.atlex.client.internal.Origins;
import dev.atlex.client.internal.SteadyClock;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.internal.Durations;
import dev.atlex.session.internal.ratelimit.RateBuckets.Demand;
import dev.atlex.session.internal.ratelimit.RateBuckets.Share;
import dev.atlex.session.ratelimit.RateLimitListener;
import dev.atlex.session.ratelimit.RateLimitRule;
import dev.atlex.session.ratelimit.RateLimitedException;
import dev.atlex.syntax.Did;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Delays requests until the limits allow them.
 *
 * <p>A request is counted in up to three kinds of {@linkplain RateBucket buckets}: the points that its account writes,
 * the requests that its server accepts from this address, and the limits of individual methods that servers have
 * reported. It acquires a share of each, in a fixed order, so that requests can't deadlock. Callers queue at a bucket
 * in order of arrival, and only the first one checks the clock. When the response arrives, the {@link RatePermit}
 * corrects the counts.
 *
 * <p>Time is measured with a steady clock, so changes to the system clock don't make a request wait longer or leave too
 * early.
 */
public final class RateLimitEngine {
    private static final long NO_ROOM = -1;

    private final RateBuckets buckets;
    private final Duration maxWait;
    private final RateLimitListener listener;
    private final TimeSource timing;
    private final Clock clock;
    private final boolean waits;

    /**
     * @param writeLimits the limits for each account's writes, longest window first
     * @param hostLimits the limits for each server's requests, longest window first
     * @param maxWait the longest time that a request without a time limit waits
     * @param listener the listener for waits
     */
    public RateLimitEngine(
            List<RateLimitRule> writeLimits,
            List<RateLimitRule> hostLimits,
            Duration maxWait,
            RateLimitListener listener,
            TimeSource timing) {
        this.maxWait = maxWait;
        this.listener = listener;
        this.timing = timing;
        this.clock = new SteadyClock(timing);
        this.buckets = new RateBuckets(writeLimits, hostLimits, clock);
        this.waits = true;
    }

    private RateLimitEngine(RateLimitEngine other, boolean waits) {
        this.maxWait = other.maxWait;
        this.listener = other.listener;
        this.timing = other.timing;
        this.clock = other.clock;
        this.buckets = other.buckets;
        this.waits = waits;
    }

    /** Returns an engine with the same counts that throws instead of waiting. */
    public RateLimitEngine failFast() {
        return new RateLimitEngine(this, false);
    }

    /** Sends a request through an agent as soon as the limits allow it. */
    public TransportResponse send(Agent agent, URI server, AgentRequest request) {
        Did did = agent.did();
        Demand demand = new Demand(
                did == null ? null : did.toString(),
                host(server),
                WritePoints.method(request),
                did == null ? 0 : WritePoints.of(request));
        Duration limit = request.timeout();
        Instant start = clock.instant();
        RatePermit permit = acquire(demand, limit == null ? maxWait : limit);
        Instant now = clock.instant();
        AgentRequest sent = limit == null || !now.isAfter(start)
                ? request
                : request.withTimeout(atLeastOneMilli(limit.minus(Duration.between(start, now))));
        try {
            TransportResponse response = agent.send(sent);
            URI from = response.uri();
            if (from == null || Origins.same(from, server)) {
                permit.responded(response.status(), response.headers());
            } else {
                // After a redirect, the headers describe the limits of a different host.
                permit.unconfirmed();
            }
            return response;
        } catch (TransportException e) {
            if (e.requestMayHaveBeenProcessed()) {
                permit.unconfirmed();
            } else {
                permit.cancel();
            }
            throw e;
        } catch (RuntimeException | Error e) {
            permit.unconfirmed();
            throw e;
        }
    }

    private static Duration atLeastOneMilli(Duration left) {
        return left.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : left;
    }

    /** Makes a call that sends one request, as soon as the limits allow it. */
    public <T> T call(Did account, URI server, String method, Supplier<T> call) {
        RatePermit permit = acquire(new Demand(account.toString(), host(server), method, 0), maxWait);
        try {
            return call.get();
        } finally {
            permit.unconfirmed();
        }
    }

    private RatePermit acquire(Demand demand, Duration limit) {
        Instant deadline = clock.instant().plus(Durations.bounded(limit));
        List<Share> shares = buckets.claim(demand);
        RatePermit permit = new RatePermit(buckets, demand, timing, clock);
        Waiting waiting = new Waiting(listener, demand.method());
        boolean acquired = false;
        try {
            for (Share share : shares) {
                permit.add(share, waits ? await(share, deadline, waiting) : take(share));
            }
            acquired = true;
            return permit;
        } finally {
            waiting.end();
            if (!acquired) {
                permit.cancel();
            }
            buckets.release(shares);
        }
    }

    private long take(Share share) {
        Instant now = clock.instant();
        long cost = tryTake(share, now);
        if (cost == NO_ROOM) {
            throw limited(share, next(share, now));
        }
        return cost;
    }

    /** Waits in the bucket's queue. Requests leave the queue in order, even if a later one would need fewer points. */
    private long await(Share share, Instant deadline, Waiting waiting) {
        RateBucket bucket = share.bucket();
        Instant start = clock.instant();
        requireBefore(deadline, share, start);
        try {
            long left = Math.max(0, Duration.between(start, deadline).toMillis());
            // With a time limit of zero, tryLock respects the queue. Without a time limit, it doesn't.
            if (!bucket.turn.tryLock(0, TimeUnit.MILLISECONDS)) {
                waiting.begin();
                if (!bucket.turn.tryLock(left, TimeUnit.MILLISECONDS)) {
                    throw limited(share, next(share, clock.instant()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportInterruptedException("interrupted while waiting for a rate limit", e, false);
        }
        try {
            while (true) {
                Instant now = clock.instant();
                long cost = tryTake(share, now);
                if (cost != NO_ROOM) {
                    return cost;
                }
                Instant next = requireBefore(deadline, share, now);
                waiting.begin();
                // The time is rounded up to a whole millisecond, because a shorter sleep would end too early and have
                // to start again.
                timing.sleeper().sleep(Duration.between(now, next).plusNanos(999_999));
            }
        } finally {
            bucket.turn.unlock();
        }
    }

    private Instant requireBefore(Instant deadline, Share share, Instant now) {
        Instant next = next(share, now);
        if (next.isAfter(deadline)) {
            throw limited(share, next);
        }
        return next;
    }

    private RateLimitedException limited(Share share, Instant next) {
        return new RateLimitedException(share.bucket().name, onSystemClock(next));
    }

    private Instant next(Share share, Instant now) {
        return buckets.with(share.bucket(), bucket -> bucket.next(share.points(), now));
    }

    private long tryTake(Share share, Instant now) {
        return buckets.with(
                share.bucket(),
                bucket -> bucket.next(share.points(), now).isAfter(now) ? NO_ROOM : bucket.take(share.points(), now));
    }

    /** Returns the time at which there is room for a request, by the system clock. */
    public Instant nextAllowedAt(Did account, URI server, int points) {
        Instant now = clock.instant();
        List<Share> shares = buckets.claim(new Demand(account.toString(), host(server), "", points));
        try {
            Instant latest = now;
            for (Share share : shares) {
                Instant next = next(share, now);
                latest = next.isAfter(latest) ? next : latest;
            }
            return onSystemClock(latest);
        } finally {
            buckets.release(shares);
        }
    }

    /** Converts a time of the steady clock to one that people and other programs understand. */
    private Instant onSystemClock(Instant steady) {
        return timing.clock().instant().plus(Duration.between(clock.instant(), steady));
    }

    private static String host(URI server) {
        String host = server.getHost();
        return (host == null ? server.toString() : host.toLowerCase(Locale.ROOT))
                + (server.getPort() < 0 ? "" : ":" + server.getPort());
    }

    /** Returns the number of buckets. */
    public int size() {
        return buckets.size();
    }
}
