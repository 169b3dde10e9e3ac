package dev.atlex.streams.internal.consumer;

import dev.atlex.streams.internal.connection.Entry;
import dev.atlex.streams.internal.connection.EventQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Publishes the events of a stream to one subscriber, on a separate thread. An event is finished when {@code onNext}
 * has returned.
 *
 * @param <E> the type of the events
 */
public final class EventPublisher<E> implements Flow.Publisher<E> {
    private final EventQueue<E> queue;
    private final EventLoop<E> loop;
    private final Function<Runnable, Thread> threads;
    private final Consumer<? super Throwable> failed;
    private final AtomicBoolean subscribed = new AtomicBoolean();

    /**
     * Creates a publisher.
     *
     * @param failed called with the subscriber's failure, to end the stream
     */
    public EventPublisher(
            EventQueue<E> queue,
            EventLoop<E> loop,
            Function<Runnable, Thread> threads,
            Consumer<? super Throwable> failed) {
        this.queue = queue;
        this.loop = loop;
        this.threads = threads;
        this.failed = failed;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super E> subscriber) {
        if (!subscribed.compareAndSet(false, true)) {
            subscriber.onSubscribe(new Demand());
            subscriber.onError(new IllegalStateException("subscribe: the stream already has a subscriber"));
            return;
        }
        Demand demand = new Demand();
        Thread thread = threads.apply(() -> run(subscriber, demand));
        demand.thread = thread;
        try {
            subscriber.onSubscribe(demand);
        } catch (RuntimeException | Error e) {
            failed.accept(e); // otherwise the stream would stay open without a consumer
            throw e;
        }
        thread.start();
    }

    private void run(Flow.Subscriber<? super E> subscriber, Demand demand) {
        try {
            while (demand.await()) {
                Entry<E> entry = loop.next(0);
                if (entry == null) {
                    subscriber.onComplete();
                    return;
                }
                publish(subscriber, entry);
            }
            if (demand.invalid) {
                subscriber.onError(new IllegalArgumentException("request: the number of events must be positive"));
            }
        } catch (InterruptedException e) {
            if (demand.cancelled) {
                Thread.currentThread().interrupt();
            } else {
                failed.accept(e);
                subscriber.onError(e);
            }
        } catch (Throwable e) { // a subscriber in Kotlin may throw a checked exception too
            failed.accept(e);
            subscriber.onError(e);
        }
    }

    private void publish(Flow.Subscriber<? super E> subscriber, Entry<E> entry) {
        E event = entry.event();
        boolean finished = false;
        try {
            subscriber.onNext(event);
            Thread.interrupted(); // A subscriber that leaves its thread interrupted doesn't mean to cancel.
            queue.finish(entry);
            finished = true;
        } finally {
            if (!finished) {
                queue.abandon(entry);
            }
        }
    }

    /** The number of events that the subscriber has requested and not received yet. */
    private static final class Demand implements Flow.Subscription {
        private final Semaphore permits = new Semaphore(0);
        private volatile boolean unlimited;
        private volatile boolean cancelled;
        private volatile boolean invalid;
        private volatile Thread thread = Thread.currentThread();

        boolean await() throws InterruptedException {
            if (!unlimited) {
                permits.acquire();
            }
            return !cancelled && !invalid;
        }

        @Override
        public void request(long n) {
            if (n <= 0) {
                invalid = true;
                permits.release();
            } else if (n > Integer.MAX_VALUE - (long) permits.availablePermits()) {
                unlimited = true;
                permits.release();
            } else {
                permits.release((int) n);
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            permits.release();
            if (thread != Thread.currentThread()) {
                thread.interrupt();
            }
        }
    }
}
