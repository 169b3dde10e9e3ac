package dev.atlex.data.internal;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets what recurses into deep values fit any caller's stack. Work begins on the caller's thread. If it comes to a value
 * that is nested deeper than {@link #SHALLOW}, which hardly any is, it is given up and done once more from its start, on a
 * thread with a stack large enough for all that can be read. Nothing ever runs until the stack overflows: an overflow
 * within the initialization of a class would make that class unusable for good.
 */
public final class RoomyStack {
    /** Hardly any value is nested deeper, and so deep it is read, typed or not, on less than 200 KB of stack. */
    public static final int SHALLOW = 100;

    /** Reserved, not used: the system gives a stack its memory as it grows. */
    private static final long SIZE = 256L << 20;

    private RoomyStack() {}

    /** Some work. */
    @FunctionalInterface
    public interface Work<T> {
        /**
         * Does the work.
         *
         * @param maxDepth how deep it may recurse before it has to throw {@link #needed()}
         */
        T run(int maxDepth);
    }

    /** Thrown by work that needs more stack. */
    private static final class Needed extends Error {
        private static final long serialVersionUID = 1L;

        Needed() {
            super("a larger stack is needed", null, false, false);
        }
    }

    private static final Needed NEEDED = new Needed();

    /** What work that has come to its {@code maxDepth} throws. */
    public static Error needed() {
        return NEEDED;
    }

    /** Does the work, perhaps twice; it must bring the same both times. */
    public static <T extends @Nullable Object> T run(Work<T> work) {
        try {
            return work.run(SHALLOW);
        } catch (Needed e) {
            return onLargeStack(() -> work.run(Integer.MAX_VALUE));
        }
    }

    /** The work's result and failure, which it leaves for another thread. */
    private static final class Task<T extends @Nullable Object> implements Runnable {
        private final Supplier<T> work;
        private @Nullable T result;
        private @Nullable Throwable failure;

        Task(Supplier<T> work) {
            this.work = work;
        }

        @Override
        public void run() {
            try {
                result = work.get();
            } catch (Throwable e) {
                failure = e;
            }
        }

        @SuppressWarnings("NullAway") // the result is null only if the work's is
        T get() {
            if (failure instanceof RuntimeException e) {
                throw e;
            } else if (failure instanceof Error e) {
                throw e;
            }
            return result;
        }
    }

    private static <T extends @Nullable Object> T onLargeStack(Supplier<T> work) {
        Task<T> task = new Task<>(work);
        Thread thread = new Thread(null, task, "atlex-deep-value", SIZE, false);
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true; // the work takes no longer than on the caller's thread, which can't be interrupted
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return task.get();
    }
}
