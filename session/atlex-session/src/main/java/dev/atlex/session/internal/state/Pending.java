package dev.atlex.session.internal.state;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What others wait for, begun and ended under a lock. They go on all at once: thousands of them, to each of which a lock is
 * handed by the one before, take a second more.
 */
public final class Pending {
    /** Done when it is over; null while there is nothing to wait for. */
    private volatile @Nullable CompletableFuture<@Nullable Void> over;

    /** How often it was begun. */
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
     * Waits until it is over.
     *
     * @param most how long, or null for as long as it takes
     * @return whether it is over
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
