package dev.atlex.session.internal.state;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An operation that other threads wait for. It begins and ends under a lock, and all waiting threads continue at once.
 * Passing a lock to thousands of threads one by one would take a second longer.
 */
final class Pending {
    /** Completed at the end; null while there is nothing to wait for. */
    private volatile @Nullable CompletableFuture<@Nullable Void> over;

    /** How often it has begun without ending. */
    private int depth;

    public void begin() {
        if (depth++ == 0) {
            over = new CompletableFuture<>();
        }
    }

    public void end() {
        CompletableFuture<@Nullable Void> ended = over;
        if (--depth == 0 && ended != null) {
            over = null;
            ended.complete(null);
        }
    }

    /**
     * Waits for the end.
     *
     * @param most the longest wait, or null for no limit
     * @return whether it has ended
     */
    public boolean await(@Nullable Duration most) throws InterruptedException {
        CompletableFuture<@Nullable Void> end = over;
        if (end == null) {
            return true;
        }
        try {
            if (most == null) {
                end.get();
            } else {
                end.get(most.toNanos(), TimeUnit.NANOSECONDS);
            }
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
