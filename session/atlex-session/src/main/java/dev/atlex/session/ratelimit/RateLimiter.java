package dev.atlex.session.ratelimit;

import dev.atlex.client.Agent;
import dev.atlex.client.AgentRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionData;
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
 * Keeps requests within the rate limits of servers, so that servers don't have to reject them. It limits the points
 * that each account writes at its server, and the requests that each server accepts from this address.
 *
 * <pre>{@code
 * RateLimiter rateLimiter = RateLimiter.create();
 * Client client = new Client(rateLimiter.wrap(session));
 * }</pre>
 *
 * <p><b>Waiting.</b> At a limit, requests queue in the order of their arrival, for as long as their time limit allows.
 * A request that would have to wait longer fails at once with a {@link RateLimitedException}. {@link #refusing()}
 * returns a limiter with the same counts that never waits, and {@link #next} returns when there is room.
 *
 * <p><b>Counting.</b> The limiter counts the requests that it sends, and learns from responses. {@code RateLimit-*}
 * headers correct the count. After a status 429, nothing is sent under that limit until {@code Retry-After} or
 * {@code RateLimit-Reset}. A response describes only the limit that is closest to being exhausted. It is identified by
 * its size and window ({@code RateLimit-Policy}); one that is not among the {@link RateLimiterOptions} applies to the
 * account's calls of that method. Requests of other processes are known from these headers only. No server can hold
 * requests back for more than a day: longer windows and waits count as a day.
 *
 * <p>Sessions send refreshes and sign-ins directly; they are not limited.
 *
 * <p>A limiter is thread-safe and can be shared by any number of agents.
 *
 * @see <a href="https://docs.bsky.app/docs/advanced-guides/rate-limits">Rate limits of Bluesky's servers</a>
 */
public final class RateLimiter {
    /** The points for creating a record. */
    public static final int CREATE = WritePoints.CREATE;

    /** The points for writing a record that may exist. */
    public static final int UPDATE = WritePoints.UPDATE;

    /** The points for deleting a record. */
    public static final int DELETE = WritePoints.DELETE;

    private final RateLimitEngine engine;
    private final RateLimiterOptions options;
    private final boolean refusing;

    private RateLimiter(RateLimitEngine engine, RateLimiterOptions options, boolean refusing) {
        this.engine = engine;
        this.options = options;
        this.refusing = refusing;
    }

    /** Creates a limiter with the limits of Bluesky's servers. */
    public static RateLimiter create() {
        return create(RateLimiterOptions.DEFAULTS);
    }

    /** Creates a limiter with other limits. */
    public static RateLimiter create(RateLimiterOptions options) {
        RateLimitEngine engine = new RateLimitEngine(
                options.writeLimits(),
                options.hostLimits(),
                options.maxWait(),
                TimeSourceClock.sourceOf(options.clock()));
        return new RateLimiter(engine, options, false);
    }

    /**
     * Like {@link #create(RateLimiterOptions)}, with options that a function sets.
     *
     * @throws IllegalArgumentException if an option is invalid
     */
    public static RateLimiter create(Consumer<? super RateLimiterOptions.Builder> options) {
        return create(RateLimiterOptions.of(options));
    }

    /** Returns a limiter with the same counts that throws {@link RateLimitedException} instead of waiting. */
    public RateLimiter refusing() {
        return refusing ? this : new RateLimiter(engine.refusing(), options, true);
    }

    /**
     * Returns an agent that sends a session's requests within the limits. Its {@code send} also throws
     * {@link RateLimitedException}.
     */
    public Agent wrap(PasswordSession session) {
        return new LimitedAgent(session, () -> host(session));
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

    /** Returns the server of a session's requests, without waiting for a refresh. */
    private static URI host(PasswordSession session) {
        SessionData data = session.data();
        URI pds = data.pds();
        return pds == null ? data.service() : pds;
    }

    /**
     * Makes a call that sends one request by itself, such as {@link PasswordSession#refresh}, within the limits. It
     * waits {@link RateLimiterOptions#maxWait} at most. Use it to refresh or end many sessions at once.
     *
     * @param account the account that the request is made for
     * @param server the server that it is sent to
     * @param method the method that it calls
     * @return the call's result
     * @throws RateLimitedException if the limits don't allow the request in time
     */
    public <T> T call(Did account, URI server, Nsid method, Supplier<T> call) {
        return engine.call(account, server, method.toString(), call);
    }

    /**
     * Returns when there is room for a request, as far as is known: now, or later. Requests that are waiting are not
     * counted.
     *
     * @param account the account that makes the request
     * @param server the server that it is sent to
     * @param points the sum of {@link #CREATE}, {@link #UPDATE} and {@link #DELETE} for its writes; 0 if it writes
     *     nothing
     */
    public Instant next(Did account, URI server, int points) {
        return engine.next(account, server, points);
    }

    /** Returns the number of limits that are tracked. */
    int size() {
        return engine.size();
    }

    @Override
    public String toString() {
        return "RateLimiter[" + options + (refusing ? ", refusing" : "") + "]";
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
        public TransportResponse send(AgentRequest request) {
            return engine.send(agent, server.get(), request);
        }

        @Override
        public String toString() {
            return "RateLimiter.wrap(" + agent + ")";
        }
    }
}
