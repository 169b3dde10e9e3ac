package dev.atlex.session.internal.ratelimit;

import dev.atlex.session.ratelimit.RateLimitRule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The buckets of all accounts and hosts. Empty buckets are dropped from time to time. */
public final class RateBuckets {
    /** The method that isn't counted, because servers have a separate limit for repository downloads. */
    private static final String UNCOUNTED = "com.atproto.sync.getRepo";

    /** The window of a limit if the server doesn't report it. */
    private static final Duration UNKNOWN_WINDOW = Duration.ZERO;

    /**
     * The maximum number of windows. Servers use a handful; one that keeps inventing new windows must not exhaust the
     * memory.
     */
    private static final int MAX_WINDOWS = 16;

    private static final int MIN_SWEEP = 1024;

    /**
     * A request's demand.
     *
     * @param account the account's DID, or null if the request has none
     * @param host the server's host and port
     * @param method the NSID of the method
     * @param points the points that its writes cost
     */
    public record Demand(@Nullable String account, String host, String method, long points) {}

    /** A bucket, and the points that a request costs there. */
    public record Share(RateBucket bucket, long points) {}

    private record Key(String scope, String method, Duration window) {}

    private final List<RateLimitRule> writeLimits;
    private final List<RateLimitRule> hostLimits;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, RateBucket> buckets = new HashMap<>();
    private final Set<Duration> learned = new LinkedHashSet<>();
    private int sweepAt = MIN_SWEEP;

    /**
     * @param writeLimits the limits for each account's writes
     * @param hostLimits the limits for each server's requests
     */
    public RateBuckets(List<RateLimitRule> writeLimits, List<RateLimitRule> hostLimits, Clock clock) {
        this.writeLimits = writeLimits;
        this.hostLimits = hostLimits;
        this.clock = clock;
    }

    /** Returns the buckets of a demand, in the order in which to acquire them. They are kept until {@link #release}. */
    public List<Share> claim(Demand demand) {
        return locked(() -> {
            List<Share> shares = new ArrayList<>();
            for (Duration window : learned) {
                RateBucket bucket = buckets.get(ofMethod(demand, window));
                if (bucket != null) {
                    shares.add(new Share(bucket, 1));
                }
            }
            if (demand.points() > 0 && demand.account() != null) {
                for (RateLimitRule rule : writeLimits) {
                    Key key = new Key(demand.account() + " " + demand.host(), "writes", rule.window());
                    shares.add(new Share(bucket(key, rule, demand), demand.points()));
                }
            }
            if (!demand.method().equals(UNCOUNTED)) {
                for (RateLimitRule rule : hostLimits) {
                    shares.add(new Share(bucket(new Key(demand.host(), "", rule.window()), rule, demand), 1));
                }
            }
            shares.forEach(share -> share.bucket().users++);
            return shares;
        });
    }

    private RateBucket bucket(Key key, RateLimitRule rule, Demand demand) {
        RateBucket known = buckets.get(key);
        if (known != null) {
            return known;
        }
        String name = key.method().isEmpty()
                ? "requests to " + demand.host()
                : "writes of " + demand.account() + " at " + demand.host();
        return put(key, new RateBucket(name, rule.points(), rule.window()));
    }

    private RateBucket put(Key key, RateBucket bucket) {
        if (buckets.size() >= sweepAt) {
            Instant now = clock.instant();
            buckets.values().removeIf(one -> one.isIdle(now));
            sweepAt = Math.max(MIN_SWEEP, 2 * buckets.size());
        }
        buckets.put(key, bucket);
        return bucket;
    }

    /** Releases the buckets that {@link #claim} returned. */
    public void release(List<Share> shares) {
        locked(() -> {
            shares.forEach(share -> share.bucket().users--);
            return 0;
        });
    }

    /** Runs an action on a bucket under the lock. */
    public <T> T with(RateBucket bucket, Function<RateBucket, T> action) {
        return locked(() -> action.apply(bucket));
    }

    /**
     * Adds a bucket for a limit of one method that a server has reported.
     *
     * @param window the window, or null if the server didn't report it
     * @return the bucket, or null if servers have reported too many windows
     */
    @Nullable
    RateBucket learn(Demand demand, long limit, @Nullable Duration window) {
        Duration length = window == null ? UNKNOWN_WINDOW : window;
        return locked(() -> {
            if (!learned.contains(length) && learned.size() >= MAX_WINDOWS) {
                return null;
            }
            learned.add(length);
            Key key = ofMethod(demand, length);
            RateBucket known = buckets.get(key);
            String name = "calls of " + demand.method() + " at " + demand.host();
            return known != null && (window == null || known.matches(limit, window))
                    ? known
                    : put(key, new RateBucket(name, limit, length));
        });
    }

    private static Key ofMethod(Demand demand, Duration window) {
        return new Key(demand.account() + " " + demand.host(), demand.method(), window);
    }

    /** Returns the number of buckets. */
    public int size() {
        return locked(buckets::size);
    }

    private <T extends @Nullable Object> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
