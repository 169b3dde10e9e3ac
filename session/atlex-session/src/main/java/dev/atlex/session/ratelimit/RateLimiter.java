package dev.atlex.session.ratelimit;

import dev.atlex.client.Agent;
import dev.atlex.client.AgentRequest;
import dev.atlex.client.internal.Origins;
import dev.atlex.client.internal.SteadyClock;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionData;
import dev.atlex.session.internal.ratelimit.RateBucket;
import dev.atlex.session.internal.ratelimit.RateBuckets;
import dev.atlex.session.internal.ratelimit.RateBuckets.Demand;
import dev.atlex.session.internal.ratelimit.RateBuckets.Share;
import dev.atlex.session.internal.ratelimit.RatePermit;
import dev.atlex.session.internal.ratelimit.WritePoints;
import dev.atlex.syntax.Did;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps requests within the limits of servers, so that they need not refuse them: the points that each account may write,
 * and the requests that each server takes from one address.
 *
 * <pre>{@code
 * RateLimiter rateLimiter = RateLimiter.create();
 * Client client = new Client(rateLimiter.wrap(session));
 * }</pre>
 *
 * <p>At a limit, requests wait their turn, the first one first, as long as their time limit allows; who would have to wait
 * for longer is told at once by a {@link RateLimitedException}. {@link #refusing()} is the same governor for callers that
 * never want to wait, and {@link #next} tells when there is room.
 *
 * <p>It counts what it lets pass, and learns from what servers answer: {@code RateLimit-*} headers correct the count, and
 * after a status 429 nothing goes to that limit until {@code Retry-After} or {@code RateLimit-Reset}. Answers tell of one
 * limit only, the one that is nearest to its end; what it is about is known by its size and window
 * ({@code RateLimit-Policy}), and a limit that is not one of the {@link RateLimiterOptions} counts for the account's calls of
 * that method. A server can hold requests back for a day at most: a window or a wait that is longer counts as a day. What other processes use is known by these headers only. Refreshes and sign-ins are never held up.
 *
 * <p>Any number of threads and agents may share a rateLimiter.
 */
public final class RateLimiter {
    /** The points that creating a record costs. */
    public static final int CREATE = 3;

    /** The points that writing a record costs that may be there already. */
    public static final int UPDATE = 2;

    /** The points that deleting a record costs. */
    public static final int DELETE = 1;

    private static final long NO_ROOM = -1;

    private final RateLimiterOptions options;
    private final RateBuckets buckets;
    private final boolean waits;

    /** What is measured here: setting the system's clock makes nobody wait longer, or send too early. */
    private final Clock clock;

    private RateLimiter(RateLimiterOptions options, RateBuckets buckets, boolean waits, Clock clock) {
        this.options = options;
        this.buckets = buckets;
        this.waits = waits;
        this.clock = clock;
    }

    /** A governor of Bluesky's limits. */
    public static RateLimiter create() {
        return create(RateLimiterOptions.DEFAULTS);
    }

    /** A governor of limits of the caller's. */
    public static RateLimiter create(RateLimiterOptions options) {
        Clock steady = new SteadyClock(options.timing());
        return new RateLimiter(
                options, new RateBuckets(options.writeLimits(), options.hostLimits(), steady), true, steady);
    }

    /** The same limits for callers that wait: the governor that is made. */
    public RateLimiter waiting() {
        return new RateLimiter(options, buckets, true, clock);
    }

    /** The same limits for callers that don't wait: what would pass a limit throws {@link RateLimitedException}. */
    public RateLimiter refusing() {
        return new RateLimiter(options, buckets, false, clock);
    }

    /** An agent that sends what the session sends, within the limits. */
    public Agent wrap(PasswordSession session) {
        return new Governed(session, () -> home(session));
    }

    /**
     * An agent that sends what another one sends, within the limits.
     *
     * @param server where that one sends it
     */
    public Agent wrap(Agent agent, URI server) {
        return new Governed(agent, () -> server);
    }

    /** Where a session's requests go, without waiting for a refresh. */
    public static URI home(PasswordSession session) {
        SessionData data = session.data();
        URI pds = data.pds();
        return pds == null ? data.service() : pds;
    }

    /**
     * When there is room for a request, as far as is known: now or later. Those that wait already are not counted.
     *
     * @param account whose
     * @param server where
     * @param points what it writes: the sum of {@link #CREATE}, {@link #UPDATE} and {@link #DELETE}, or 0 for others
     */
    public Instant next(Did account, URI server, int points) {
        Instant now = clock.instant();
        List<Share> shares = buckets.claim(new Demand(account.toString(), host(server), "", points));
        try {
            Instant latest = now;
            for (Share share : shares) {
                Instant next = next(share, now);
                latest = next.isAfter(latest) ? next : latest;
            }
            return date(latest);
        } finally {
            buckets.release(shares);
        }
    }

    /** By the system's clock, for people. */
    private Instant date(Instant steady) {
        return options.timing().clock().instant().plus(Duration.between(clock.instant(), steady));
    }

    private static String host(URI server) {
        String host = server.getHost();
        return (host == null ? server.toString() : host.toLowerCase(Locale.ROOT))
                + (server.getPort() < 0 ? "" : ":" + server.getPort());
    }

    /** Sends a request when its turn has come. */
    public TransportResponse send(Agent agent, URI server, AgentRequest request) {
        Did did = agent.did();
        Demand demand = new Demand(
                did == null ? null : did.toString(),
                host(server),
                WritePoints.method(request),
                did == null ? 0 : WritePoints.of(request));
        Duration limit = request.timeout();
        Instant start = clock.instant();
        RatePermit pass = pass(demand, limit == null ? options.maxWait() : limit);
        Instant now = clock.instant();
        AgentRequest sent = limit == null || !now.isAfter(start)
                ? request
                : request.withTimeout(atLeast(limit.minus(Duration.between(start, now))));
        try {
            TransportResponse response = agent.send(sent);
            URI from = response.uri();
            if (from == null || Origins.same(from, server)) {
                pass.answered(response.status(), response.headers());
            } else {
                // Another host, to which the server redirected, tells of its own limits.
                pass.lost(true);
            }
            return response;
        } catch (TransportException e) {
            pass.lost(e.requestMayHaveBeenProcessed());
            throw e;
        } catch (RuntimeException | Error e) {
            pass.lost(true);
            throw e;
        }
    }

    private static Duration atLeast(Duration left) {
        return left.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : left;
    }

    /** The right to send one request that the session itself sends: counted, within the time that it has. */
    @SuppressWarnings("exports")
    public RatePermit pass(Did did, URI server, String method) {
        return pass(new Demand(did.toString(), host(server), method, 0), options.maxWait());
    }

    private RatePermit pass(Demand demand, Duration limit) {
        Duration longest = Duration.ofDays(36_500);
        Instant deadline = clock.instant().plus(limit.compareTo(longest) < 0 ? limit : longest);
        List<Share> shares = buckets.claim(demand);
        RatePermit pass = new RatePermit(buckets, demand, options.timing(), clock);
        boolean passed = false;
        try {
            for (Share share : shares) {
                pass.add(share, waits ? await(share, deadline) : take(share));
            }
            passed = true;
            return pass;
        } finally {
            if (!passed) {
                pass.lost(false);
            }
            buckets.release(shares);
        }
    }

    private long take(Share share) {
        Instant now = clock.instant();
        long cost = tryTake(share, now);
        if (cost == NO_ROOM) {
            throw new RateLimitedException(share.bucket().name, date(next(share, now)));
        }
        return cost;
    }

    /** Waits in the bucket's line. Those that come first are served first, whatever they need. */
    private long await(Share share, Instant deadline) {
        RateBucket bucket = share.bucket();
        Instant start = clock.instant();
        refuseLate(share, start, deadline);
        try {
            long left = Math.max(0, Duration.between(start, deadline).toMillis());
            if (!bucket.turn.tryLock(left, TimeUnit.MILLISECONDS)) {
                throw new RateLimitedException(bucket.name, date(next(share, clock.instant())));
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
                Instant next = refuseLate(share, now, deadline);
                // Up to the next millisecond, or sleeping would end too early and begin again.
                options.timing().sleeper().sleep(Duration.between(now, next).plusNanos(999_999));
            }
        } finally {
            bucket.turn.unlock();
        }
    }

    private Instant refuseLate(Share share, Instant now, Instant deadline) {
        Instant next = next(share, now);
        if (next.isAfter(deadline)) {
            throw new RateLimitedException(share.bucket().name, date(next));
        }
        return next;
    }

    private Instant next(Share share, Instant now) {
        return buckets.with(share.bucket(), bucket -> bucket.next(share.points(), now));
    }

    private long tryTake(Share share, Instant now) {
        return buckets.with(
                share.bucket(),
                bucket -> bucket.next(share.points(), now).isAfter(now) ? NO_ROOM : bucket.take(share.points(), now));
    }

    /** How many limits are remembered. */
    public int size() {
        return buckets.size();
    }

    private final class Governed implements Agent {
        private final Agent agent;
        private final Supplier<URI> server;

        Governed(Agent agent, Supplier<URI> server) {
            this.agent = agent;
            this.server = server;
        }

        @Override
        public @Nullable Did did() {
            return agent.did();
        }

        @Override
        public TransportResponse send(AgentRequest request) {
            return RateLimiter.this.send(agent, server.get(), request);
        }

        @Override
        public String toString() {
            return "Governed[" + agent + "]";
        }
    }
}
