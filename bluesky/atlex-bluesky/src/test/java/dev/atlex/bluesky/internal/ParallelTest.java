package dev.atlex.bluesky.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.client.transport.TransportInterruptedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ParallelTest {
    private final Parallel tasks = new Parallel();

    @Test
    void run_respectsTheLimit() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Supplier<Integer>> results = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int number = i;
            results.add(tasks.add(() -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                Thread.yield();
                running.decrementAndGet();
                return number;
            }));
        }

        tasks.run(3);

        assertThat(most.get()).isBetween(1, 3);
        assertThat(results).extracting(Supplier::get).first().isEqualTo(0);
        assertThat(results).extracting(Supplier::get).last().isEqualTo(49);
    }

    @Test
    void run_tasksOverlap() {
        CountDownLatch both = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            tasks.add(() -> {
                both.countDown();
                await(both);
                return null;
            });
        }

        tasks.run(2);

        assertThat(both.getCount()).isZero();
    }

    @Test
    void run_firstFailureInterruptsTheOthers() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        tasks.add(() -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return null;
        });
        tasks.add(() -> {
            await(started);
            throw new IllegalStateException("failed");
        });

        assertThatThrownBy(() -> tasks.run(2)).hasMessage("failed");
        interrupted.await();
    }

    @Test
    void run_errorIsThrownAsItIs() {
        tasks.add(() -> {
            throw new StackOverflowError();
        });
        tasks.add(() -> null);

        assertThatThrownBy(() -> tasks.run(2)).isInstanceOf(StackOverflowError.class);
    }

    @Test
    void run_interruptedCaller() {
        AtomicBoolean ran = new AtomicBoolean();
        for (int i = 0; i < 2; i++) {
            tasks.add(() -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    ran.set(true);
                }
                return null;
            });
        }
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> tasks.run(2)).isInstanceOf(TransportInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void run_oneTask_usesTheCallingThread() {
        Supplier<Thread> thread = tasks.add(Thread::currentThread);

        tasks.run(4);

        assertThat(thread.get()).isEqualTo(Thread.currentThread());
    }

    @Test
    void run_noTask_doesNothing() {
        tasks.run(4);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
