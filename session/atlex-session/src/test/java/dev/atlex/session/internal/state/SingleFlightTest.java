package dev.atlex.session.internal.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.client.transport.TransportTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SingleFlightTest {
    private static final Deadline SOON = Deadline.in(Duration.ofMillis(50));
    private static final Deadline LATE = Deadline.in(Duration.ofSeconds(20));

    private final SingleFlight lock = new SingleFlight();
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        callers.shutdownNow();
    }

    private Future<?> waits(Deadline deadline) {
        return callers.submit(() -> lock.awaitIdle(deadline));
    }

    @Test
    void waitingCalls_continueTogether() throws Exception {
        lock.acquire();
        lock.busy(true);
        List<Future<?>> waiting = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            waiting.add(waits(i % 2 == 0 ? LATE : Deadline.NONE));
        }
        assertThatThrownBy(() -> waits(SOON).get()).hasCauseInstanceOf(TransportTimeoutException.class);
        assertThat(waiting).noneMatch(Future::isDone);

        lock.busy(false);

        // The lock is still held: they don't ask for it.
        for (Future<?> each : waiting) {
            each.get(20, TimeUnit.SECONDS);
        }
        lock.release();
    }

    @Test
    void callsWaitUntilTheOutermostWorkIsDone() throws Exception {
        lock.acquire();
        lock.busy(true);
        lock.busy(true);
        lock.busy(false);
        assertThatThrownBy(() -> waits(SOON).get()).hasCauseInstanceOf(TransportTimeoutException.class);

        lock.busy(false);

        waits(LATE).get(20, TimeUnit.SECONDS);
        lock.release();
    }

    @Test
    void lockHolder_doesNotWaitForItself() {
        lock.acquire();
        lock.busy(true);
        lock.awaitIdle(SOON);
        lock.awaitFree(SOON);
        lock.busy(false);
        lock.release();
    }

    @Test
    void interrupt_endsTheWaitAndStaysSet() throws Exception {
        lock.acquire();
        lock.busy(true);
        Future<Boolean> waiting = callers.submit(() -> {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> lock.awaitIdle(LATE)).isInstanceOf(TransportInterruptedException.class);
            return Thread.currentThread().isInterrupted();
        });
        assertThat(waiting.get(20, TimeUnit.SECONDS)).isTrue();
        lock.busy(false);
        lock.release();
    }
}
