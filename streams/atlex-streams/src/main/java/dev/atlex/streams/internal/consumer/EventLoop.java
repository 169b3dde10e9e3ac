package dev.atlex.streams.internal.consumer;

import dev.atlex.client.internal.ExponentialBackoff;
import dev.atlex.streams.FailedEvent;
import dev.atlex.streams.Failure;
import dev.atlex.streams.StreamException;
import dev.atlex.streams.internal.connection.Entry;
import dev.atlex.streams.internal.connection.EventQueue;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes the events of one lane to a handler, one after the other, on the calling thread. An event is finished when its
 * handler has returned, or when the policy skips it.
 *
 * @param <E> the type of the events
 */
public final class EventLoop<E> {
    private static final System.Logger LOG = System.getLogger(EventLoop.class.getName());
    private static final ExponentialBackoff PAUSES =
            new ExponentialBackoff(Duration.ofMillis(100), Duration.ofSeconds(30));

    private final EventQueue<E> queue;
    private final FailurePolicy policy;
    private final AtomicLong skipped;
    private final Pause pause;

    /** Waits before a retry, and returns whether the stream has ended. */
    @FunctionalInterface
    interface Pause {
        boolean await(Duration duration) throws InterruptedException;
    }

    /**
     * Creates a loop.
     *
     * @param skipped counts skipped events
     */
    public EventLoop(EventQueue<E> queue, FailurePolicy policy, AtomicLong skipped) {
        this(queue, policy, skipped, queue::awaitEnd);
    }

    EventLoop(EventQueue<E> queue, FailurePolicy policy, AtomicLong skipped, Pause pause) {
        this.queue = queue;
        this.policy = policy;
        this.skipped = skipped;
        this.pause = pause;
    }

    /**
     * Handles events until the stream ends.
     *
     * @throws RuntimeException the stream's failure, or the handler's under {@link Failure#STOP}
     */
    public void run(int lane, Consumer<? super E> handler) throws InterruptedException {
        Entry<E> entry = next(lane);
        while (entry != null) {
            if (!handle(entry, handler)) {
                return;
            }
            entry = next(lane);
        }
    }

    /**
     * Takes the next event. Reports frames before it that can't be decoded.
     *
     * @return the event, which the caller must finish or abandon; null if the stream was closed
     */
    public @Nullable Entry<E> next(int lane) throws InterruptedException {
        while (true) {
            Entry<E> entry = queue.take(lane);
            if (entry == null || entry.invalid() == null) {
                return entry;
            }
            boolean reported = false;
            try {
                report(new FailedEvent(null, entry.sequence(), entry.frame(), entry.invalid(), 0));
                reported = true;
            } finally {
                if (reported) {
                    queue.finish(entry);
                } else {
                    queue.abandon(entry);
                }
            }
        }
    }

    /** Returns false if the stream ended before the event could be retried. */
    private boolean handle(Entry<E> entry, Consumer<? super E> handler) throws InterruptedException {
        E event = entry.event();
        boolean returned = false;
        queue.startHandling(entry);
        try {
            for (int attempts = 1; ; attempts++) {
                RuntimeException cause = call(handler, event);
                if (cause == null) {
                    break;
                }
                FailedEvent failed = new FailedEvent(event, entry.sequence(), entry.frame(), cause, attempts);
                Failure decision = decide(failed);
                if (decision == Failure.STOP) {
                    throw cause;
                } else if (decision == Failure.SKIP) {
                    report(failed);
                    break;
                } else if (pause.await(PAUSES.after(attempts - 1))) {
                    return false;
                }
            }
            queue.finish(entry);
            returned = true;
            return true;
        } finally {
            if (!returned) {
                queue.abandon(entry);
            }
        }
    }

    /** Returns the handler's failure. Handlers in other languages, such as Kotlin, may throw checked exceptions too. */
    private static <E> @Nullable RuntimeException call(Consumer<? super E> handler, E event) {
        try {
            handler.accept(event);
            return null;
        } catch (RuntimeException e) {
            return e;
        } catch (Exception e) {
            return new StreamException("the handler failed (" + e + ")", e);
        }
    }

    private Failure decide(FailedEvent failed) {
        try {
            return Objects.requireNonNull(policy.onFailure().apply(failed), "onFailure returned null");
        } catch (RuntimeException e) {
            e.addSuppressed(failed.cause());
            throw e;
        }
    }

    /** Counts a skipped event and reports it. */
    public void report(FailedEvent failed) {
        skipped.incrementAndGet();
        try {
            policy.onSkipped().accept(failed);
        } catch (Exception e) {
            LOG.log(Level.WARNING, "onSkipped failed for " + failed, e);
        }
    }
}
