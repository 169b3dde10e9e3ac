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

/** The limits of all accounts and hosts, as far as something is used of them. */
public final class RateBuckets {
    /** The server's downloads of repositories have a limit of their own. */
    private static final String UNCOUNTED = "com.atproto.sync.getRepo";

    /** For limits of which the server does not say how they work. */
    private static final Duration UNKNOWN = Duration.ZERO;

    /** Servers have a handful; one that makes up new ones must not fill the memory. */
    private static final int MAX_WINDOWS = 16;

    private static final int MIN_SWEEP = 1024;

    /**
     * What is to be sent.
     *
     * @param account whose limits count, or null
     * @param host whose limits count
     * @param method what is called
     * @param points what it writes
     */
    public record Demand(@Nullable String account, String host, String method, long points) {}

    /** A bucket and what a demand costs there. */
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
     * @param writeLimits of each account
     * @param hostLimits of each server
     */
    public RateBuckets(List<RateLimitRule> writeLimits, List<RateLimitRule> hostLimits, Clock clock) {
        this.writeLimits = writeLimits;
        this.hostLimits = hostLimits;
        this.clock = clock;
    }

    /** All that a demand has to pass, in the order in which to pass it. {@link #release} follows. */
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
                ? "the requests that " + demand.host() + " takes"
                : "the writes of " + demand.account() + " at " + demand.host();
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

    public void release(List<Share> shares) {
        locked(() -> {
            shares.forEach(share -> share.bucket().users--);
            return 0;
        });
    }

    /** Something done to one bucket while nobody else does. */
    public <T> T with(RateBucket bucket, Function<RateBucket, T> action) {
        return locked(() -> action.apply(bucket));
    }

    /**
     * A bucket for a limit of one method that nobody knew of.
     *
     * @param window null where that is not known either
     * @return null where the server has made up too many
     */
    @Nullable
    RateBucket learn(Demand demand, long limit, @Nullable Duration window) {
        Duration length = window == null ? UNKNOWN : window;
        return locked(() -> {
            if (!learned.contains(length) && learned.size() >= MAX_WINDOWS) {
                return null;
            }
            learned.add(length);
            Key key = ofMethod(demand, length);
            RateBucket known = buckets.get(key);
            String name = "the calls of " + demand.method() + " at " + demand.host();
            return known != null && (window == null || known.isAbout(limit, window))
                    ? known
                    : put(key, new RateBucket(name, limit, length));
        });
    }

    private static Key ofMethod(Demand demand, Duration window) {
        return new Key(demand.account() + " " + demand.host(), demand.method(), window);
    }

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
