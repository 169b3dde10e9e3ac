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
 * What goes wrong with requests to come. A request suffers at most one fault: that of the first rule, in the order in
 * which they were given, that fits it. Where a method's NSID is asked for, a path will do as well, such as
 * {@code /did:plc:…} of the directory or {@code /.well-known/atproto-did}. Safe for use by many threads.
 */
public final class Faults {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Rule> rules = new ArrayList<>();

    Faults() {}

    /** Spoils the next request, whatever it asks for. */
    public Faults next(Fault fault) {
        return add(new Rule(null, 1, 1, null, fault));
    }

    /** Spoils the next request of that method. */
    public Faults next(String nsid, Fault fault) {
        return inject(nsid, 1, fault);
    }

    /**
     * Spoils the next requests of that method.
     *
     * @param times how many of them
     */
    public Faults inject(String nsid, int times, Fault fault) {
        if (times < 1) {
            throw new IllegalArgumentException("times must be positive: " + times);
        }
        return add(new Rule(Objects.requireNonNull(nsid, "nsid"), times, 1, null, fault));
    }

    /**
     * Spoils some of that method's requests from now on, until {@link #clear()}.
     *
     * @param probability from 0 to 1
     * @param random a seeded one, so that the test can be repeated
     */
    public Faults inject(String nsid, double probability, Random random, Fault fault) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability must be from 0 to 1: " + probability);
        }
        return add(new Rule(Objects.requireNonNull(nsid, "nsid"), Integer.MAX_VALUE, probability, random, fault));
    }

    /** Spoils every request of that method from now on, until {@link #clear()}. */
    public Faults always(String nsid, Fault fault) {
        return inject(nsid, Integer.MAX_VALUE, fault);
    }

    /** Forgets all faults that have not happened yet. */
    public Faults clear() {
        lock.lock();
        try {
            rules.clear();
        } finally {
            lock.unlock();
        }
        return this;
    }

    /** Whether all faults that were given a number of times have happened. */
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
                if (rule.fits(nsid)) {
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

        boolean fits(String asked) {
            return (nsid == null || nsid.equals(asked)) && (random == null || random.nextDouble() < probability);
        }
    }
}
