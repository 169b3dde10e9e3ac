package dev.atlex.client;

import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.syntax.Did;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An agent that is obtained when it is first used. A program can create its clients at startup, without using the
 * network, and sign in when the first call is made:
 *
 * <pre>{@code
 * LazyAgent<PasswordSession> agent = LazyAgent.of(() -> PasswordSession.open(credentials, store));
 * Client client = new Client(agent);
 * }</pre>
 *
 * <p>Every method except {@link #obtained}, {@link #close} and {@link #toString} counts as a use. Concurrent first uses
 * wait for a single call to the supplier. If the supplier throws an exception, the caller receives it, and the next use
 * tries again. After {@link #close}, every use throws an {@link IllegalStateException}.
 *
 * <p>Instances are thread-safe.
 *
 * @param <A> the type of the agent, such as a session
 */
public final class LazyAgent<A extends Agent> implements Agent, AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Supplier<? extends A> supplier;
    private final AtomicBoolean agentClosed = new AtomicBoolean();
    private volatile @Nullable A agent;
    private volatile boolean closed;

    private LazyAgent(Supplier<? extends A> supplier) {
        this.supplier = Objects.requireNonNull(supplier, "supplier");
    }

    /**
     * Returns an agent that calls the supplier when it is first used.
     *
     * @param supplier the function that returns the agent, for example by signing in; it must not use the returned lazy
     *     agent
     */
    public static <A extends Agent> LazyAgent<A> of(Supplier<? extends A> supplier) {
        return new LazyAgent<>(supplier);
    }

    /**
     * Returns the agent, such as the session, after obtaining it if necessary. Rethrows exceptions from the supplier.
     *
     * @throws IllegalStateException if this lazy agent is closed
     */
    public A obtain() {
        A known = agent;
        if (known != null && !closed) {
            return known;
        }
        if (lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("LazyAgent: the supplier uses the agent that it should return");
        }
        lock.lock();
        try {
            known = agent;
            if (known == null && !closed) {
                known = Objects.requireNonNull(supplier.get(), "LazyAgent: the supplier returned null");
                agent = known;
            }
        } finally {
            lock.unlock();
        }
        // Closing doesn't wait for the supplier, so it may have missed an agent that was obtained just now.
        if (known == null || closed) {
            closeAgent();
            throw new IllegalStateException("LazyAgent: the agent is closed");
        }
        return known;
    }

    /** Returns the agent, or null if it hasn't been obtained yet. Never calls the supplier. */
    public @Nullable A obtained() {
        return agent;
    }

    /** Returns the agent's account, after obtaining the agent if necessary. */
    @Override
    public @Nullable Did did() {
        return obtain().did();
    }

    @Override
    public TransportResponse send(AgentRequest request) {
        return obtain().send(request);
    }

    /** Returns the agent's transport, after obtaining the agent if necessary. */
    @Override
    public Transport transport() {
        return obtain().transport();
    }

    /** Returns the agent's observer, after obtaining the agent if necessary. */
    @Override
    public CallObserver observer() {
        return obtain().observer();
    }

    /**
     * Closes the agent if it has been obtained and is {@link AutoCloseable}, as sessions are. Never calls the supplier,
     * and doesn't wait for it: if it is running, the agent is closed as soon as the supplier returns it. Further calls
     * have no effect.
     *
     * @throws IllegalStateException if closing the agent throws a checked exception, which is the cause
     */
    @Override
    public void close() {
        closed = true;
        closeAgent();
    }

    private void closeAgent() {
        if (agent instanceof AutoCloseable closeable && agentClosed.compareAndSet(false, true)) {
            try {
                closeable.close();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                throw new IllegalStateException("LazyAgent: failed to close the agent", e);
            }
        }
    }

    /** Returns a description for logs. Never calls the supplier. */
    @Override
    public String toString() {
        A known = agent;
        return "LazyAgent[" + (closed ? "closed" : known == null ? "not used yet" : known) + "]";
    }
}
