package dev.atlex.testkit;

import dev.atlex.testkit.internal.FaultPlan;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Injects faults into the next requests to a {@link LocalPds}.
 *
 * <pre>{@code
 * pds.faults().next("com.atproto.server.refreshSession", Fault.dropAfterProcessing());
 * pds.faults().inject("app.bsky.feed.getTimeline", 3, Fault.status(503));
 * }</pre>
 *
 * <p>Each request gets at most one fault: the earliest injected one that matches. Methods are identified by their NSID.
 * A path that starts with a slash also works, such as {@code /did:plc:…} for the DID directory or {@code
 * /.well-known/atproto-did}.
 *
 * <p>Thread-safe.
 */
public final class Faults {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Rule> rules = new ArrayList<>();

    Faults() {}

    /** Injects a fault into the next request, regardless of its method. */
    public Faults next(Fault fault) {
        return add(new Rule(null, 1, 1, null, fault));
    }

    /**
     * Injects a fault into the next request to a method.
     *
     * @param nsid the method, or a path that starts with a slash
     */
    public Faults next(String nsid, Fault fault) {
        return inject(nsid, 1, fault);
    }

    /**
     * Injects a fault into the next requests to a method.
     *
     * @param nsid the method, or a path that starts with a slash
     * @param times the number of requests, at least 1
     * @throws IllegalArgumentException if {@code times} isn't positive
     */
    public Faults inject(String nsid, int times, Fault fault) {
        if (times < 1) {
            throw new IllegalArgumentException("inject: times must be positive (got " + times + ")");
        }
        return add(new Rule(Objects.requireNonNull(nsid, "nsid"), times, 1, null, fault));
    }

    /**
     * Injects a fault into a random share of a method's requests, until {@link #clear()}.
     *
     * @param nsid the method, or a path that starts with a slash
     * @param probability the probability that a request gets the fault, from 0 to 1
     * @param random the source of randomness; seed it to make the test repeatable
     * @throws IllegalArgumentException if the probability is out of range
     */
    public Faults inject(String nsid, double probability, Random random, Fault fault) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("inject: probability must be from 0 to 1 (got " + probability + ")");
        }
        return add(new Rule(Objects.requireNonNull(nsid, "nsid"), Integer.MAX_VALUE, probability, random, fault));
    }

    /**
     * Injects a fault into every request to a method, until {@link #clear()}.
     *
     * @param nsid the method, or a path that starts with a slash
     */
    public Faults always(String nsid, Fault fault) {
        return inject(nsid, Integer.MAX_VALUE, fault);
    }

    /** Removes all faults. */
    public Faults clear() {
        lock.lock();
        try {
            rules.clear();
        } finally {
            lock.unlock();
        }
        return this;
    }

    /**
     * Returns whether all faults have been injected as many times as requested. Faults set with {@link #always} and
     * random faults are never exhausted, so this returns false while there are any.
     */
    public boolean exhausted() {
        lock.lock();
        try {
            return rules.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private Faults add(Rule rule) {
        lock.lock();
        try {
            rules.add(rule);
        } finally {
            lock.unlock();
        }
        return this;
    }

    @Nullable
    FaultPlan pick(String nsid) {
        lock.lock();
        try {
            for (Iterator<Rule> i = rules.iterator(); i.hasNext(); ) {
                Rule rule = i.next();
                if (rule.matches(nsid)) {
                    if (rule.left != Integer.MAX_VALUE && --rule.left == 0) {
                        i.remove();
                    }
                    return rule.fault.plan();
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Returns a string that contains the number of faults left. */
    @Override
    public String toString() {
        lock.lock();
        try {
            return "Faults[left=" + rules.size() + "]";
        } finally {
            lock.unlock();
        }
    }

    private static final class Rule {
        final @Nullable String nsid;
        int left;
        final double probability;
        final @Nullable Random random;
        final Fault fault;

        Rule(@Nullable String nsid, int times, double probability, @Nullable Random random, Fault fault) {
            this.nsid = nsid;
            this.left = times;
            this.probability = probability;
            this.random = random;
            this.fault = Objects.requireNonNull(fault, "fault");
        }

        boolean matches(String requested) {
            return (nsid == null || nsid.equals(requested)) && (random == null || random.nextDouble() < probability);
        }
    }
}
