package dev.atlex.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.atproto.identity.ResolveHandle;
import com.atproto.server.CreateSession;
import com.atproto.server.GetSession;
import dev.atlex.client.transport.TransportInterruptedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that return futures. */
@Timeout(30)
class AsyncClientTest {
    private static final String SESSION =
            "{\"accessJwt\":\"a\",\"refreshJwt\":\"r\",\"handle\":\"alice.test\",\"did\":\"did:plc:alice\"}";
    private static final String WRITTEN = "{\"uri\":\"at://did:plc:alice/com.example.note/3jzfcijpj2z2a\","
            + "\"cid\":\"bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a\"}";

    private final FakeAgent agent = FakeAgent.alice();
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final AsyncClient async = new Client(agent).async(executor);

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void callsReturnFutures() {
        agent.json("{\"did\":\"did:plc:bob\"}")
                .json(SESSION)
                .json(SESSION)
                .json(SESSION)
                .json(WRITTEN)
                .json(WRITTEN);
        assertThat(async.call(ResolveHandle.QUERY, p -> p.handle("bob.test"))
                        .join()
                        .did())
                .hasToString("did:plc:bob");
        assertThat(async.call(CreateSession.PROCEDURE, i -> i.identifier("a").password("b"))
                        .join()
                        .accessJwt())
                .isEqualTo("a");
        assertThat(async.call(Call.of(GetSession.QUERY)).join().did()).isEqualTo(FakeAgent.ALICE);
        assertThat(async.xrpc(Call.of(GetSession.QUERY), CallOptions.of(o -> o.header("x", "1")))
                        .join()
                        .status())
                .isEqualTo(200);
        assertThat(agent.last().headers().first("x")).isEqualTo("1");
        assertThat(async.create(Note.TID, Note.of("x")).join().uri().toString()).startsWith("at://");
        assertThat(async.submit(c -> c.create(Note.TID, Note.of("x")).cid()).join())
                .isNotNull();
    }

    @Test
    void callsRunOnTheExecutorsThread() {
        AtomicReference<Thread> thread = new AtomicReference<>();
        async.submit(c -> {
                    thread.set(Thread.currentThread());
                    return "";
                })
                .join();
        assertThat(thread.get()).isNotNull().isNotSameAs(Thread.currentThread());
    }

    @Test
    void failedCallFailsItsFutureWithTheSameException() {
        agent.json(400, "{\"error\":\"HandleNotFound\"}");
        CompletableFuture<?> future = async.call(ResolveHandle.QUERY, p -> p.handle("bob.test"));
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(future::get)
                .withCauseExactlyInstanceOf(XrpcResponseException.class);
        assertThat(future.isCompletedExceptionally()).isTrue();
        assertThat(future.handle((value, failure) -> failure.getClass()).join()).isEqualTo(XrpcResponseException.class);
    }

    @Test
    void errorCompletesTheFuture() {
        CompletableFuture<?> future = async.submit(c -> {
            throw new StackOverflowError();
        });
        assertThatThrownBy(future::get).hasCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void cancelInterruptsTheCallAndClearsTheInterruptFlag() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        List<Object> seen = new ArrayList<>();
        agent.then(() -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TransportInterruptedException("stop", e, true);
            }
            throw new AssertionError();
        });
        CompletableFuture<?> future = async.submit(c -> {
            try {
                return c.call(GetSession.QUERY);
            } catch (XrpcTransportException e) {
                seen.add(e.failure().getClass());
                throw e;
            } finally {
                ended.countDown();
            }
        });
        begun.await();
        assertThat(future.cancel(true)).isTrue();
        assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
        ended.await();
        assertThat(seen).containsExactly(TransportInterruptedException.class);
        assertThat(async.submit(c -> Thread.currentThread().isInterrupted()).join())
                .isFalse();
        assertThat(future.cancel(true)).isTrue();
        assertThat(async.submit(c -> Thread.currentThread().isInterrupted()).join())
                .isFalse();
    }

    @Test
    void callCancelledBeforeItsStartIsNotMade() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CompletableFuture<Boolean> first = async.submit(c -> {
            try {
                return busy.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        CompletableFuture<?> second = async.call(Call.of(GetSession.QUERY));
        assertThat(second.cancel(true)).isTrue();
        busy.countDown();
        assertThat(first.get()).isTrue();
        assertThat(async.submit(c -> Thread.currentThread().isInterrupted()).join())
                .isFalse();
        assertThat(agent.requests).isEmpty();
    }

    @Test
    void cancelAfterCompletionHasNoEffect() {
        agent.json(SESSION);
        CompletableFuture<?> future = async.call(Call.of(GetSession.QUERY));
        future.join();
        assertThat(future.cancel(true)).isFalse();
        assertThat(future.isCancelled()).isFalse();
        assertThat(async.submit(c -> Thread.currentThread().isInterrupted()).join())
                .isFalse();
    }

    /**
     * Cancels at every point of a call. However the race ends, no interrupt may reach the thread's next task. (The JDK's
     * own pools clear the flag between tasks; other executors don't.)
     */
    @Test
    void cancelRaceLeavesNoInterruptBehind() {
        AtomicInteger leftovers = new AtomicInteger();
        AsyncClient careless = new Client(agent)
                .async(task -> executor.execute(() -> {
                    task.run();
                    if (Thread.interrupted()) {
                        leftovers.incrementAndGet();
                    }
                }));
        int cancelled = 0;
        for (int i = 0; i < 2000 || cancelled == 0; i++) {
            CountDownLatch begun = new CountDownLatch(1);
            CompletableFuture<Integer> future = careless.submit(c -> {
                begun.countDown();
                Thread.yield();
                return 1;
            });
            if (i % 3 == 0) {
                await(begun);
            }
            cancelled += future.cancel(true) ? 1 : 0;
            assertThat(async.submit(c -> Thread.currentThread().isInterrupted()).join())
                    .isFalse();
        }
        assertThat(leftovers).hasValue(0);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void rejectionByTheExecutorIsThrownImmediately() {
        executor.shutdown();
        assertThatThrownBy(() -> async.call(Call.of(GetSession.QUERY))).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void callersThreadCanBeTheExecutor() {
        agent.json(SESSION);
        assertThat(new Client(agent).async(Runnable::run).call(Call.of(GetSession.QUERY)))
                .succeedsWithin(Duration.ZERO);
    }
}
