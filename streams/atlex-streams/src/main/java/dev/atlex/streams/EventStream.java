package dev.atlex.streams;

import dev.atlex.data.Bytes;
import dev.atlex.data.LexException;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.Subscription;
import dev.atlex.streams.internal.connection.Entry;
import dev.atlex.streams.internal.connection.StreamSetup;
import dev.atlex.streams.internal.connection.StreamThread;
import dev.atlex.streams.internal.consumer.EventLoop;
import dev.atlex.streams.internal.consumer.EventPublisher;
import dev.atlex.streams.internal.consumer.FailurePolicy;
import dev.atlex.streams.internal.frame.MessageDecoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A stream of events. It connects immediately, and reconnects until it is closed. It can be consumed only once, in one
 * of four ways: {@link #forEach} and {@link #iterator} on the calling thread, {@link #consume} on several threads, or
 * {@link #publisher}.
 *
 * <pre>{@code
 * try (var stream = EventStream.connect(SubscribeLabels.SUBSCRIPTION, o -> o.service("wss://mod.bsky.app"))) {
 *     stream.forEach(event -> System.out.println(event.message()));
 * }
 * }</pre>
 *
 * <p>Each event is delivered at least once. It is finished when its handler has returned. The stored cursor is the
 * highest sequence number up to which all events are finished. So after a crash, some events may be delivered again,
 * but none are lost. If handlers are slower than the server, the server has to wait.
 *
 * @param <E> the type of the events
 * @see <a href="https://atproto.com/specs/event-stream">AT Protocol: event stream</a>
 */
public class EventStream<E> implements Iterable<E>, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(EventStream.class.getName());

    private final StreamSetup<E> setup;
    private final StreamThread<E> thread;
    private final EventLoop<E> loop;
    private final AtomicLong skipped = new AtomicLong();
    private final AtomicBoolean consumed = new AtomicBoolean();
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

    EventStream(StreamSetup<E> setup, StreamOptions options) {
        this.setup = setup;
        this.thread = new StreamThread<>(setup);
        this.loop =
                new EventLoop<>(thread.queue(), new FailurePolicy(options.onFailure(), options.onSkipped()), skipped);
    }

    /**
     * Connects to any subscription, without parameters.
     *
     * @param subscription a constant of a generated class, such as {@code SubscribeRepos.SUBSCRIPTION}
     * @throws IllegalArgumentException if the options specify no service, or have filters, which are for {@link
     *     Firehose} and {@link Jetstream}
     */
    public static <P extends LexObject, B extends ObjectBuilder<P, B>, M> EventStream<StreamMessage<M>> connect(
            Subscription<P, B, M> subscription, java.util.function.Consumer<? super StreamOptions.Builder> options) {
        return connect(subscription, null, StreamOptions.of(options));
    }

    /**
     * Like {@link #connect(Subscription, java.util.function.Consumer)}, with parameters.
     *
     * @param parameters the parameters without {@code cursor}, which the stream sets itself; null if there are none
     * @throws IllegalArgumentException if the options specify no service, or have filters, which are for {@link
     *     Firehose} and {@link Jetstream}
     */
    public static <P extends LexObject, B extends ObjectBuilder<P, B>, M> EventStream<StreamMessage<M>> connect(
            Subscription<P, B, M> subscription, @Nullable P parameters, StreamOptions options) {
        if (!options.collections().isEmpty() || !options.dids().isEmpty()) {
            throw new IllegalArgumentException(
                    subscription.nsid() + ": collections and dids are options of Firehose and Jetstream");
        }
        StreamSetup<StreamMessage<M>> setup = StreamSetups.of(
                subscription.nsid(),
                subscription.path(parameters),
                subscription.subprotocol(),
                new MessageDecoder<>(subscription),
                options);
        return new EventStream<>(setup, options);
    }

    /**
     * Handles events on the calling thread until the stream is closed. The cursor moves after the handler has returned.
     *
     * @param handler handles one event; if it throws an exception, {@link StreamOptions#onFailure} decides what to do
     * @throws StreamException if the stream has failed, or the thread is interrupted
     * @throws RuntimeException the handler's exception, under the policy {@link Failure#STOP}
     * @throws IllegalStateException if the stream is already being consumed
     */
    @Override
    public void forEach(java.util.function.Consumer<? super E> handler) {
        claim();
        try {
            loop.run(0, handler);
            thread.close(); // if the handler has closed the stream
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (RuntimeException | Error e) {
            fail(e);
            throw e;
        }
    }

    /**
     * Returns an iterator whose {@code hasNext} waits for the next event, and returns false after {@link #close}. An
     * event is finished when {@code hasNext} or {@code next} is called again. If the loop exits early, the last event
     * isn't finished, and is delivered again after a restart.
     *
     * @throws IllegalStateException if the stream is already being consumed
     */
    @Override
    public Iterator<E> iterator() {
        claim();
        return new EventIterator();
    }

    /**
     * Starts to handle events on several threads, and returns immediately. The events of each account are handled in
     * order.
     *
     * @param handler handles one event; called by as many threads as there are lanes
     * @throws IllegalStateException if the stream is already being consumed
     */
    public Consumer consume(Lanes lanes, java.util.function.Consumer<? super E> handler) {
        claim();
        thread.queue().split(lanes.count());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < lanes.count(); i++) {
            int lane = i;
            threads.add(daemon("lane-" + i, () -> handleLane(lane, handler)));
        }
        threads.forEach(Thread::start);
        return new Consumer(this, threads);
    }

    private void handleLane(int lane, java.util.function.Consumer<? super E> handler) {
        try {
            loop.run(lane, event -> {
                try {
                    handler.accept(event);
                } finally {
                    Thread.interrupted(); // Only handlers interrupt these threads; it must not end the stream.
                }
            });
            thread.close(); // if a handler has closed the stream
        } catch (InterruptedException e) {
            failLane(interrupted(e));
        } catch (RuntimeException | Error e) {
            failLane(e);
        }
    }

    /** Ends the stream. The failure is logged, because the program may never call {@link Consumer#join}. */
    private void failLane(Throwable cause) {
        if (fail(cause)) {
            LOG.log(System.Logger.Level.ERROR, setup.name() + ": the stream has ended", cause);
        }
    }

    /**
     * Returns a publisher for a single subscriber, which requests as many events as it can handle. An event is finished
     * when {@code onNext} has returned. If {@code onNext} throws an exception, the stream ends.
     *
     * @throws IllegalStateException if the stream is already being consumed
     */
    public Flow.Publisher<E> publisher() {
        claim();
        return new EventPublisher<>(thread.queue(), loop, run -> daemon("publisher", run), this::fail);
    }

    private Thread daemon(String name, Runnable run) {
        Thread daemon = new Thread(null, run, "atlex-" + setup.name() + "-" + name, 0, false);
        daemon.setDaemon(true);
        return daemon;
    }

    private void claim() {
        if (!consumed.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    setup.name() + ": the stream is already being consumed; connect a second one");
        }
    }

    /** Ends the stream, and returns whether this is its first failure. */
    private boolean fail(Throwable cause) {
        RuntimeException reported = cause instanceof RuntimeException runtime
                ? runtime
                : new StreamException(setup.name() + ": the handler failed (" + cause + ")", cause);
        boolean first = failure.compareAndSet(null, reported);
        thread.fail(reported);
        return first;
    }

    private StreamException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StreamException(setup.name() + ": interrupted while waiting for an event", e);
    }

    /** Reports a part of an event that can't be handled. */
    void skip(Object part, OptionalLong sequence, Bytes bytes, LexException cause) {
        loop.report(new FailedEvent(part, sequence, bytes, cause, 0));
    }

    /** Throws the failure that has ended the stream, if any. */
    void rethrow() {
        RuntimeException cause = failure.get();
        if (cause != null) {
            throw cause;
        }
    }

    /** Returns the stream's state. */
    public StreamHealth health() {
        return new StreamHealth(
                thread.status(),
                thread.queue().state(),
                skipped.get(),
                setup.nanoTime().getAsLong(),
                Instant.now());
    }

    /**
     * Closes the stream and saves the cursor. Running handlers get a moment to finish. Events that are still queued are
     * delivered after a restart. Returns within two seconds, even if the connection, a handler or the store hangs. Does
     * nothing if the stream is already closed.
     *
     * <p>The handler of {@link #forEach} or {@link #consume} may close the stream. Its event is finished when it
     * returns, and the cursor is saved after that.
     */
    @Override
    public void close() {
        thread.close();
    }

    @Override
    public String toString() {
        return "EventStream[" + setup.name() + ", " + health() + "]";
    }

    private final class EventIterator implements Iterator<E> {
        private @Nullable Entry<E> last;
        private @Nullable Entry<E> next;

        @Override
        public boolean hasNext() {
            if (next == null) {
                finishLast();
                try {
                    next = loop.next(0);
                } catch (InterruptedException e) {
                    throw interrupted(e);
                }
            }
            return next != null;
        }

        private void finishLast() {
            if (last != null) {
                thread.queue().finish(last);
                last = null;
            }
        }

        @Override
        public E next() {
            Entry<E> entry = hasNext() ? next : null;
            if (entry == null) {
                throw new NoSuchElementException(setup.name() + ": the stream is closed");
            }
            last = entry;
            next = null;
            return entry.event();
        }
    }
}
