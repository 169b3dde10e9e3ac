package dev.atlex.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TransportThreadsTest {
    private static final int MANY = 500;

    private final InheritableThreadLocal<String> inherited = new InheritableThreadLocal<>();

    @Test
    void callStartsOnAWaitingThreadAndContinuesOnWorkers() {
        AtomicInteger tasks = new AtomicInteger();
        Executor executor = TransportThreads.of(task -> {
            tasks.incrementAndGet();
            task.run();
        });

        String starter = TransportThreads.starting(() -> nameOfThread(executor));

        assertThat(starter).startsWith("atlex-http-waiting-");
        assertThat(tasks).hasValue(0);
        assertThat(nameOfThread(executor)).isEqualTo(Thread.currentThread().getName());
        assertThat(tasks).hasValue(1);
    }

    private static String nameOfThread(Executor executor) {
        return CompletableFuture.supplyAsync(() -> Thread.currentThread().getName(), executor)
                .join();
    }

    @Test
    void fewThreadsRunManyTasksAndInheritNothing() throws Exception {
        inherited.set("the caller's");
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger inheriting = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(MANY);
        for (int i = 0; i < MANY; i++) {
            TransportThreads.WORKERS.execute(() -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                if (inherited.get() != null) {
                    inheriting.incrementAndGet();
                }
                Thread.yield();
                running.decrementAndGet();
                done.countDown();
            });
        }
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(most.get()).isBetween(1, Math.max(4, Runtime.getRuntime().availableProcessors()));
        assertThat(inheriting).hasValue(0);
    }
}
