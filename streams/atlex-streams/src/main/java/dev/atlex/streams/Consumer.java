package dev.atlex.streams;

import java.util.List;

/** Handles the events of a stream on separate threads; see {@link EventStream#consume}. Thread-safe. */
public final class Consumer implements AutoCloseable {
    private final EventStream<?> stream;
    private final List<Thread> threads;

    Consumer(EventStream<?> stream, List<Thread> threads) {
        this.stream = stream;
        this.threads = threads;
    }

    /** Returns the stream's state. */
    public StreamHealth health() {
        return stream.health();
    }

    /**
     * Waits until the stream has ended and all handlers have returned.
     *
     * @throws RuntimeException the failure that has ended the stream
     * @throws InterruptedException if the thread is interrupted; the stream continues
     */
    public void join() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
        stream.rethrow();
    }

    /** Closes the stream; see {@link EventStream#close}. */
    @Override
    public void close() {
        stream.close();
    }
}
