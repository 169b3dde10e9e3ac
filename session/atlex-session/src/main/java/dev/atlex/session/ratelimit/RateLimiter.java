package dev.atlex.session.ratelimit;

import dev.atlex.client.Agent;
import dev.atlex.client.AgentRequest;
import dev.atlex.client.CallObserver;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.session.Session;
import dev.atlex.session.internal.TimeSourceClock;
import dev.atlex.session.internal.ratelimit.RateLimitEngine;
import dev.atlex.session.internal.ratelimit.WritePoints;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Nsid;
import java.net.URI;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps requests within the servers' rate limits, so that servers don't reject them. It limits the write points of each
 * account and the number of requests to each server.
 *
 * <pre>{@code
 * RateLimiter rateLimiter = RateLimiter.create();
 * Client client = new Client(rateLimiter.wrap(session));
 * }</pre>
 *
 * <p><b>Waiting.</b> When a limit is reached, requests queue in order of arrival, up to the time limit of each call. A
 * request that can't be sent in that time fails with a {@link RateLimitedException}, immediately if this is already
 * known. {@link #failFast()} returns a limiter that shares the counts but never waits. {@link #nextAllowedAt} returns
 * when a request would be sent without waiting.
 *
 * <p><b>Counting.</b> The limiter counts its own requests and corrects the counts from the {@code RateLimit-*} headers
 * of responses. After a 429 response, it holds back all requests that the limit applies to until the time in {@code
 * Retry-After} or {@code RateLimit-Reset}. A response describes only the limit that is closest to being exhausted,
 * identified by its size and window ({@code RateLimit-Policy}). A limit that isn't in the {@link RateLimiterOptions}
 * applies to the account's calls to that method. The limiter learns about requests from other processes only through
 * these headers. Windows and waits of more than a day count as a day, so a server can't block requests for longer.
 *
 * <p>Refreshes and sign-ins aren't limited: sessions send them directly. Downloads of repositories ({@code
 * com.atproto.sync.getRepo}) don't count toward the number of requests to a server, because servers have a separate
 * limit for them. The limiter learns that limit, like any other, from their responses.
 *
 * <p>A limiter is thread-safe and can be shared by any number of agents.
 *
 * @see <a href="https://docs.bsky.app/docs/advanced-guides/rate-limits">Rate limits of Bluesky's servers</a>
 */
public final class RateLimiter {
    /** The write points that creating a record costs. */
    public static final int CREATE = WritePoints.CREATE;

    /** The write points that putting a record costs, whether or not the record exists. */
    public static final int UPDATE = WritePoints.UPDATE;

    /** The write points that deleting a record costs. */
    public static final int DELETE = WritePoints.DELETE;

    private final RateLimitEngine engine;
    private final RateLimiterOptions options;
    private final boolean failFast;

    private RateLimiter(RateLimitEngine engine, RateLimiterOptions options, boolean failFast) {
        this.engine = engine;
        this.options = options;
        this.failFast = failFast;
    }

    /** Creates a limiter with the limits of Bluesky's servers. */
    public static RateLimiter create() {
        return create(RateLimiterOptions.DEFAULTS);
    }

    /** Creates a limiter with the limits in the options. */
    public static RateLimiter create(RateLimiterOptions options) {
        RateLimitEngine engine = new RateLimitEngine(
                options.writeLimits(),
                options.hostLimits(),
                options.maxWait(),
                options.listener(),
                TimeSourceClock.sourceOf(options.clock()));
        return new RateLimiter(engine, options, false);
    }

    /**
     * Like {@link #create(RateLimiterOptions)}, but configures the options inline.
     *
     * @throws IllegalArgumentException if an option is invalid
     */
    public static RateLimiter create(Consumer<? super RateLimiterOptions.Builder> options) {
        return create(RateLimiterOptions.of(options));
    }

    /** Returns a limiter that shares the counts, but throws {@link RateLimitedException} instead of waiting. */
    public RateLimiter failFast() {
        return failFast ? this : new RateLimiter(engine.failFast(), options, true);
    }

    /**
     * Returns an agent that sends a session's requests within the limits. Its {@code send} also throws
     * {@link RateLimitedException}.
     */
    public Agent wrap(Session session) {
        return new LimitedAgent(session, session::target);
    }

    /**
     * Returns an agent that sends another agent's requests within the limits. Its {@code send} also throws
     * {@link RateLimitedException}.
     *
     * @param server the server that the agent sends its requests to
     */
    public Agent wrap(Agent agent, URI server) {
        return new LimitedAgent(agent, () -> server);
    }

    /**
     * Runs an action that sends one request itself, such as {@link Session#refresh}, within the limits. Waits
     * up to {@link RateLimiterOptions#maxWait}. Use this method to refresh or end many sessions at once.
     *
     * @param account the account that makes the request
     * @param server the server that receives the request
     * @param method the method that the request calls
     * @param call the action
     * @return the action's result
     * @throws RateLimitedException if the limits don't allow the request in time
     */
    public <T> T call(Did account, URI server, Nsid method, Supplier<T> call) {
        return engine.call(account, server, method.toString(), call);
    }

    /**
     * Returns the earliest time at which the known limits allow a request. The time is never in the past. Queued
     * requests aren't taken into account.
     *
     * @param account the account that makes the request
     * @param server the server that receives the request
     * @param points the sum of {@link #CREATE}, {@link #UPDATE} and {@link #DELETE} for the request's writes; 0 if it
     *     doesn't write
     */
    public Instant nextAllowedAt(Did account, URI server, int points) {
        return engine.nextAllowedAt(account, server, points);
    }

    /** Returns the number of tracked limits. */
    int size() {
        return engine.size();
    }

    @Override
    public String toString() {
        return "RateLimiter[" + options + (failFast ? ", fail-fast" : "") + "]";
    }

    private final class LimitedAgent implements Agent {
        private final Agent agent;
        private final Supplier<URI> server;

        LimitedAgent(Agent agent, Supplier<URI> server) {
            this.agent = agent;
            this.server = server;
        }

        @Override
        public @Nullable Did did() {
            return agent.did();
        }

        @Override
        public Transport transport() {
            return agent.transport();
        }

        @Override
        public CallObserver observer() {
            return agent.observer();
        }

        @Override
        public TransportResponse send(AgentRequest request) {
            return engine.send(agent, server.get(), request);
        }

        @Override
        public String toString() {
            return "RateLimiter.wrap(" + agent + ")";
        }
    }
}
