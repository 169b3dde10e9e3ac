package dev.atlex.spring;

import dev.atlex.streams.Consumer;
import dev.atlex.streams.EventStream;
import dev.atlex.streams.StreamHealth;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Consumes an event stream while the application is running. Define one as a bean for each stream:
 *
 * <pre>{@code
 * @Bean
 * StreamRunner posts(CursorStore cursors, Index index) {
 *     return StreamRunner.of(
 *             "posts",
 *             () -> Firehose.connect(f -> f.collections(Post.RECORD).cursor(cursors)),
 *             stream -> stream.consume(Lanes.of(4), stream.records(Post.RECORD, index::add)));
 * }
 * }</pre>
 *
 * <p>The stream connects after all beans are created and the web server has started. It is closed before the web server
 * and the database, so that the cursor can be saved; handlers that are running get about a second to finish. A context
 * that is stopped and started again connects again.
 *
 * <p>If the stream fails, for example because a handler throws an exception under the default policy, the failure is
 * logged, and the application's health is DOWN. The stream isn't started again. Thread-safe.
 */
public final class StreamRunner implements SmartLifecycle {
    private static final System.Logger LOG = System.getLogger(StreamRunner.class.getName());

    private final String name;
    private final Supplier<Running> starter;
    private volatile BiConsumer<String, EventStream<?>> onStart = (started, stream) -> {};
    private volatile @Nullable Running running;

    private StreamRunner(String name, Supplier<Running> starter) {
        this.name = name;
        this.starter = starter;
    }

    /**
     * Returns a runner.
     *
     * @param name the name in the application's health, metrics and logs
     * @param connect connects a stream; called at each start
     * @param consume consumes the stream, usually with {@link EventStream#consume}
     */
    public static <S extends EventStream<?>> StreamRunner of(
            String name, Supplier<? extends S> connect, Function<? super S, Consumer> consume) {
        Objects.requireNonNull(connect, "connect");
        Objects.requireNonNull(consume, "consume");
        return new StreamRunner(Objects.requireNonNull(name, "name"), () -> {
            S stream = connect.get();
            boolean consumed = false;
            try {
                Consumer consumer = consume.apply(stream);
                consumed = true;
                return new Running(name, stream, consumer);
            } finally {
                if (!consumed) {
                    stream.close();
                }
            }
        });
    }

    /** Sets an action to run with the name and the stream at each start. */
    void onStart(BiConsumer<String, EventStream<?>> action) {
        onStart = action;
    }

    /** Returns the name. */
    public String name() {
        return name;
    }

    /** Returns the stream's state, or null if it isn't running. */
    public @Nullable StreamHealth health() {
        Running current = running;
        return current == null ? null : current.stream.health();
    }

    /** Returns the failure that has ended the stream, or null. */
    public @Nullable RuntimeException failure() {
        Running current = running;
        return current == null ? null : current.failure;
    }

    @Override
    public synchronized void start() {
        if (running == null) {
            Running started = starter.get();
            running = started;
            onStart.accept(name, started.stream);
            started.watch();
        }
    }

    @Override
    public synchronized void stop() {
        Running current = running;
        running = null;
        if (current != null) {
            current.stream.close();
        }
    }

    /** Closes the stream on another thread, so that several streams close at the same time. */
    @Override
    public void stop(Runnable callback) {
        new Thread(
                        () -> {
                            try {
                                stop();
                            } finally {
                                callback.run();
                            }
                        },
                        "atlex-stream-" + name + "-stop")
                .start();
    }

    /** Returns whether the runner has been started, even if the stream has failed since. */
    @Override
    public boolean isRunning() {
        return running != null;
    }

    /** Returns the last phase, so that streams start after, and stop before, everything that handlers may use. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    @Override
    public String toString() {
        return "StreamRunner[" + name + ", " + health() + "]";
    }

    /** A stream from one start to the next stop. */
    private static final class Running {
        private final String name;
        private final EventStream<?> stream;
        private final Consumer consumer;
        private volatile @Nullable RuntimeException failure;

        Running(String name, EventStream<?> stream, Consumer consumer) {
            this.name = name;
            this.stream = stream;
            this.consumer = consumer;
        }

        /** Waits for a failure on a thread of its own, because no other code joins the consumer. */
        void watch() {
            Thread watcher = new Thread(this::await, "atlex-stream-" + name);
            watcher.setDaemon(true);
            watcher.start();
        }

        private void await() {
            try {
                consumer.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                failure = e;
                LOG.log(System.Logger.Level.ERROR, "stream " + name + " failed and stays closed", e);
            }
        }
    }
}
