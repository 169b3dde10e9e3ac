package dev.atlex.streams.internal.connection;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link StreamMachine} on its own thread. It is a daemon thread, so it doesn't keep the program running. A
 * shutdown hook saves the position.
 *
 * @param <E> the type of the events
 */
public final class StreamThread<E> {
    private static final System.Logger LOG = System.getLogger(StreamThread.class.getName());
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** The time that {@link #close} waits for running handlers, and then for the last save. */
    private static final Duration HANDLERS = Duration.ofMillis(900);

    private static final Duration LAST_SAVE = Duration.ofMillis(900);

    /** How long {@link #close} waits for the last confirmations, and then for the thread. There is no cursor to save. */
    private static final Duration LAST_RECEIPTS = Duration.ofMillis(400);

    private final StreamSetup<E> setup;
    private final EventQueue<E> queue;
    private final StreamMachine<E> machine;
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final Thread thread;
    private final @Nullable Thread hook;

    /** Creates and starts the thread. */
    public StreamThread(StreamSetup<E> setup) {
        this.setup = setup;
        this.queue = new EventQueue<>(setup.bufferBytes(), setup.nanoTime(), setup.receipts());
        this.machine = new StreamMachine<>(setup, queue, new CursorKeeper(setup.cursor()), signals::add);
        String name = "atlex-stream-" + NUMBER.incrementAndGet();
        this.thread = new Thread(null, this::run, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        boolean atShutdown = setup.cursor() != null || setup.receipts() != null;
        this.hook = !atShutdown ? null : new Thread(null, this::stop, name + "-shutdown", 0, false);
        if (hook != null) {
            addHook(hook);
        }
        thread.start();
    }

    private static void addHook(Thread hook) {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "the JVM is shutting down already", e);
        }
    }

    /** Returns the queue that the handlers take events from. */
    public EventQueue<E> queue() {
        return queue;
    }

    /** Returns the state of the connection. */
    public StreamStatus status() {
        return machine.status();
    }

    private void run() {
        try {
            while (machine.state() != StreamState.CLOSED) {
                step();
            }
        } catch (Throwable e) { // code in Kotlin may throw checked exceptions too
            LOG.log(Level.ERROR, setup.name() + ": the stream ended unexpectedly", e);
            queue.stop(new IllegalStateException(setup.name() + ": the stream ended unexpectedly", e));
            machine.handle(new Signal.Close(0));
        } finally {
            removeHook(); // A stream that has failed may never be closed.
        }
    }

    private void step() {
        try {
            machine.tick();
            long wait = machine.deadline() - setup.nanoTime().getAsLong();
            Signal signal = signals.poll(Math.max(0, wait), TimeUnit.NANOSECONDS);
            while (signal != null) {
                machine.handle(signal);
                signal = signals.poll();
            }
        } catch (InterruptedException e) {
            // Atlex never interrupts this thread: a store or a callback has left it interrupted. Ending the stream
            // because of that would end it silently.
            LOG.log(Level.DEBUG, "{0}: ignored an interrupt of the stream''s thread", setup.name());
        }
    }

    /**
     * Closes the stream: no more events are delivered, running handlers get a moment to finish, and the position is
     * saved. Returns within two seconds, even if a handler or the store hangs.
     *
     * <p>A handler that closes the stream hasn't finished its event yet. In that case, this method only stops the
     * delivery; the handler's loop must call it again.
     */
    public void close() {
        if (queue.isHandlingHere()) {
            stopReceiving();
            return;
        }
        if (Thread.currentThread() == thread) { // in a callback, which must not wait for itself
            queue.stop(null);
            machine.abort();
            signals.add(new Signal.Close(0));
            return;
        }
        removeHook();
        stop();
    }

    private void removeHook() {
        try {
            if (hook != null) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        } catch (IllegalStateException e) {
            // The JVM is shutting down: the hook is running, and closes the stream.
        }
    }

    /** Ends the stream because of a failed event, and returns at once. Other handlers get the same failure. */
    public void fail(RuntimeException cause) {
        queue.stop(cause);
        signals.add(new Signal.Close(0));
    }

    /** Stops the delivery. Confirmations need the connection a little longer. */
    private void stopReceiving() {
        queue.stop(null);
        if (setup.receipts() == null) {
            machine.abort();
        }
    }

    private void stop() {
        stopReceiving();
        Receipts<E> receipts = setup.receipts();
        boolean interrupted = Thread.interrupted();
        try {
            queue.awaitIdle(HANDLERS);
            if (receipts != null) {
                receipts.awaitSent(LAST_RECEIPTS);
            }
            signals.add(new Signal.Close(0));
            thread.join((receipts == null ? LAST_SAVE : LAST_RECEIPTS).toMillis());
        } catch (InterruptedException e) {
            interrupted = true;
            signals.add(new Signal.Close(0));
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
