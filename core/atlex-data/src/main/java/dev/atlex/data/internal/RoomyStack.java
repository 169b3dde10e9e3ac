package dev.atlex.data.internal;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs recursive work on deeply nested values without overflowing the caller's stack.
 *
 * <p>Work starts on the caller's thread. If it reaches a value nested deeper than {@link #SHALLOW}, which is rare, it
 * is abandoned and restarted on a thread whose stack is large enough for any readable value. The depth is limited in
 * advance, instead of catching {@link StackOverflowError}: an overflow during the initialization of a class would make
 * the class permanently unusable.
 */
public final class RoomyStack {
    /** The maximum depth on the caller's thread. Reading to this depth takes less than 200 KB of stack. */
    public static final int SHALLOW = 100;

    /** The size of the large stack in bytes. The operating system commits memory only as the stack grows. */
    private static final long SIZE = 256L << 20;

    private RoomyStack() {}

    /** Recursive work with a depth limit. */
    @FunctionalInterface
    public interface Work<T> {
        /**
         * Does the work.
         *
         * @param maxDepth the depth at which it must throw {@link #needed()} instead of recursing
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

    /** Returns the error to throw at {@code maxDepth}. */
    public static Error needed() {
        return NEEDED;
    }

    /** Runs the work and returns its result. It may run twice, so it must be repeatable. */
    public static <T extends @Nullable Object> T run(Work<T> work) {
        try {
            return work.run(SHALLOW);
        } catch (Needed e) {
            return onLargeStack(() -> work.run(Integer.MAX_VALUE));
        }
    }

    /** Hands the result or failure of work to the thread that waits for it. */
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
                interrupted = true; // like the same work on the caller's thread, this can't be canceled
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return task.get();
    }
}
