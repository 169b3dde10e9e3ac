package dev.atlex.oauth.internal.session;

import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.client.transport.TransportTimeoutException;
import dev.atlex.session.internal.state.SingleFlight;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the changes of one session one after another, each on a separate thread. Callers wait for a change, but don't
 * control it: a timeout, an interrupt or a canceled future ends the wait, never the change. After a refresh token or a
 * code was sent, the tokens in the response must be saved, or the session is lost.
 *
 * <p>For the same reason, the threads aren't daemons, and a shutdown of the JVM waits for them.
 */
public final class Changes {
    /** The maximum time that a shutdown waits, which is longer than a change takes. */
    private static final Duration MAX_SHUTDOWN_WAIT = Duration.ofSeconds(60);

    private final Object starting = new Object();
    private @Nullable Change<?> last;

    /** Creates a queue without changes. */
    public Changes() {}

    /** A change that was started. */
    public static final class Change<T> {
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private final String name;

        private Change(String name) {
            this.name = name;
        }

        /** Returns whether the change has this name. */
        boolean isNamed(String other) {
            return name.equals(other);
        }

        /** Returns whether the change has ended. */
        boolean isDone() {
            return result.isDone();
        }

        /**
         * Waits for the end and returns the result, or throws the change's exception.
         *
         * @throws TransportTimeoutException if that takes too long
         * @throws TransportInterruptedException if the thread is interrupted; its interrupt flag stays set
         */
        public T await(Deadline deadline) {
            try {
                Duration left = deadline.left();
                return left == null ? result.get() : result.get(left.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                throw SingleFlight.interrupted(e);
            } catch (TimeoutException e) {
                throw SingleFlight.noTime();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) e.getCause();
            }
        }

        /** Waits for the end, but not for the result. */
        boolean awaitEnd(Deadline deadline) {
            try {
                Duration left = deadline.left();
                result.handle((value, failure) -> true)
                        .get(left == null ? Long.MAX_VALUE : left.toNanos(), TimeUnit.NANOSECONDS);
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } catch (ExecutionException | TimeoutException e) {
                return false;
            }
        }
    }

    /** Returns whether this thread runs a change of this session. */
    boolean isMine() {
        return Thread.currentThread() instanceof Runner runner && runner.owner() == this;
    }

    /**
     * Returns whether this thread runs a change that a shutdown of the JVM waits for. If not, a shutdown is
     * already in progress, and may interrupt the change.
     */
    public boolean isGuarded() {
        return Thread.currentThread() instanceof Runner runner && runner.guarded;
    }

    /** Returns the change that is in progress or waiting for its turn, or null if there is none. */
    @Nullable
    Change<?> inProgress() {
        synchronized (starting) {
            return last == null || last.isDone() ? null : last;
        }
    }

    /** Starts a change, which begins once the earlier ones have ended. */
    public <T> Change<T> start(String name, Supplier<T> work) {
        synchronized (starting) {
            Change<T> next = new Change<>(name);
            new Runner(this, next, work, last).start();
            last = next;
            return next;
        }
    }

    /** Starts a change, unless one with the same name is in progress. Returns the change that is now in progress. */
    @SuppressWarnings("unchecked") // Changes with the same name have the same result type.
    <T> Change<T> join(String name, Supplier<T> work) {
        synchronized (starting) {
            return last != null && !last.isDone() && last.isNamed(name) ? (Change<T>) last : start(name, work);
        }
    }

    /** Runs one change. */
    private static final class Runner extends Thread {
        private final Changes owner;
        private final Runnable work;
        private boolean guarded;

        <T> Runner(Changes owner, Change<T> change, Supplier<T> work, @Nullable Change<?> before) {
            super(null, null, "atlex-oauth-" + change.name, 0, false);
            this.owner = owner;
            this.work = () -> run(change, work, before);
            setDaemon(false);
            setContextClassLoader(Thread.currentThread().getContextClassLoader());
        }

        Changes owner() {
            return owner;
        }

        @Override
        public void run() {
            work.run();
        }

        private <T> void run(Change<T> change, Supplier<T> work, @Nullable Change<?> before) {
            Thread hook = new Thread(() -> awaitEnd(change), "atlex-oauth-shutdown");
            guarded = hook(hook);
            try {
                if (before != null) {
                    before.awaitEnd(Deadline.NONE);
                }
                change.result.complete(work.get());
            } catch (RuntimeException | Error e) {
                change.result.completeExceptionally(e);
            } finally {
                if (guarded) {
                    unhook(hook);
                }
            }
        }

        private static void awaitEnd(Change<?> change) {
            change.awaitEnd(Deadline.in(MAX_SHUTDOWN_WAIT));
        }

        private static boolean hook(Thread hook) {
            try {
                Runtime.getRuntime().addShutdownHook(hook);
                return true;
            } catch (IllegalStateException e) {
                return false; // A shutdown is in progress.
            }
        }

        private static void unhook(Thread hook) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                return; // A shutdown is in progress.
            }
        }
    }
}
