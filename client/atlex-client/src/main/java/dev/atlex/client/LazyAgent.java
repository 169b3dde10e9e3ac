package dev.atlex.client;

import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.syntax.Did;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An agent that is obtained when it is first used. A program can create its clients at startup, without using the
 * network, and sign in when the first call is made:
 *
 * <pre>{@code
 * Client client = new Client(LazyAgent.of(() -> PasswordSession.open(credentials, store)));
 * }</pre>
 *
 * <p>Every method except {@link #obtained} and {@link #toString} counts as a use. Concurrent first uses wait for a
 * single call of the supplier. If the supplier throws, the exception is thrown to the caller, and the next use tries
 * again.
 *
 * <p>Instances are thread-safe.
 */
public final class LazyAgent implements Agent {
    private final ReentrantLock lock = new ReentrantLock();
    private final Supplier<? extends Agent> supplier;
    private volatile @Nullable Agent agent;

    private LazyAgent(Supplier<? extends Agent> supplier) {
        this.supplier = Objects.requireNonNull(supplier, "supplier");
    }

    /**
     * Returns an agent that calls the supplier when it is first used.
     *
     * @param supplier returns the agent, for example by signing in; it must not use the returned lazy agent
     */
    public static LazyAgent of(Supplier<? extends Agent> supplier) {
        return new LazyAgent(supplier);
    }

    /** Returns the agent, or null if it hasn't been obtained yet. Never calls the supplier. */
    public @Nullable Agent obtained() {
        return agent;
    }

    /** Returns the account of the agent, which is obtained first if necessary. */
    @Override
    public @Nullable Did did() {
        return agent().did();
    }

    @Override
    public TransportResponse send(AgentRequest request) {
        return agent().send(request);
    }

    /** Returns the transport of the agent, which is obtained first if necessary. */
    @Override
    public Transport transport() {
        return agent().transport();
    }

    /** Returns the observer of the agent, which is obtained first if necessary. */
    @Override
    public CallObserver observer() {
        return agent().observer();
    }

    private Agent agent() {
        Agent known = agent;
        if (known != null) {
            return known;
        }
        if (lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("LazyAgent: the supplier uses the agent that it should return");
        }
        lock.lock();
        try {
            known = agent;
            if (known == null) {
                known = Objects.requireNonNull(supplier.get(), "LazyAgent: the supplier returned null");
                agent = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    /** Returns a description for logs. Never calls the supplier. */
    @Override
    public String toString() {
        Agent known = agent;
        return "LazyAgent[" + (known == null ? "not used yet" : known) + "]";
    }
}
