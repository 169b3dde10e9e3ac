package dev.atlex.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.Nsid;
import dev.atlex.testkit.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class SingleFlightCacheTest {
    private final SingleFlightCache<String, String> cache = newCache(2);
    private final AtomicInteger loads = new AtomicInteger();

    private static SingleFlightCache<String, String> newCache(int capacity) {
        return new SingleFlightCache<>(
                capacity, Duration.ofMinutes(10), Duration.ofMinutes(1), MutableClock.atPresent());
    }

    private String load(String key) {
        return cache.get(key, () -> key + loads.incrementAndGet());
    }

    private static <T> FutureTask<T> start(Supplier<T> task) {
        FutureTask<T> future = new FutureTask<>(task::get);
        new Thread(future).start();
        return future;
    }

    /** Starts a thread and returns once it waits for another thread's load. */
    private Thread waiting(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return thread;
    }

    @Test
    void leastRecentlyUsedEntryIsEvicted() {
        load("a");
        load("b");
        load("a");
        load("c");
        assertThat(load("a")).isEqualTo("a1");
        assertThat(load("c")).isEqualTo("c3");
        assertThat(load("b")).isEqualTo("b4");
    }

    @Test
    void zeroCapacityCachesNothing() {
        SingleFlightCache<String, String> none = newCache(0);
        assertThat(none.get("a", () -> "1")).isEqualTo("1");
        assertThat(none.get("a", () -> "2")).isEqualTo("2");
    }

    @Test
    void retryableFailureIsNotCached() {
        assertThatExceptionOfType(IdentityLookupException.class)
                .isThrownBy(() -> cache.get("a", () -> {
                    throw new IdentityLookupException("down", null);
                }));
        assertThat(load("a")).isEqualTo("a1");
    }

    @Test
    void cachedFailureIsCopiedWithOriginalAsCause() {
        HandleNotFoundException failure = new HandleNotFoundException(Handle.of("a.com"), "none", null);
        Supplier<String> failing = () -> {
            throw failure;
        };
        assertThat(catchThrowableOfType(HandleNotFoundException.class, () -> cache.get("a", failing)))
                .isSameAs(failure);
        assertThat(catchThrowableOfType(HandleNotFoundException.class, () -> load("a")))
                .isNotSameAs(failure)
                .hasMessage("none")
                .hasCause(failure);
    }

    static List<IdentityException> failures() {
        Did did = Did.of("did:web:a.com");
        Handle handle = Handle.of("a.com");
        return List.of(
                new HandleNotFoundException(handle, "m", null),
                new HandleMismatchException(handle, did, "m", null),
                new DidNotFoundException(did, "m", null),
                new UnsupportedDidException(did, "m", null),
                new InvalidDidDocumentException("m", null),
                new ForbiddenHostException("a.com", "m", null),
                new AuthorityNotFoundException(Nsid.of("com.a.b"), "m", null),
                new IdentityLookupException("m", null),
                new DnsException("m", null));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void copiesOfFailuresAreEqual(IdentityException failure) {
        assertThat(failure.copy())
                .isExactlyInstanceOf(failure.getClass())
                .hasMessage(failure.getMessage())
                .hasCause(failure)
                .usingRecursiveComparison()
                .ignoringFields("cause", "stackTrace", "suppressedExceptions")
                .isEqualTo(failure);
    }

    @Test
    void concurrentCallersShareOneResult() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        FutureTask<String> first = start(() -> cache.get("a", () -> {
            begun.countDown();
            IdentityResolverTest.await(end);
            return "first";
        }));
        begun.await();
        FutureTask<String> second = new FutureTask<>(() -> load("a"));
        waiting(second);
        assertThat(load("b")).as("other keys do not wait").isEqualTo("b1");
        end.countDown();
        assertThat(first.get()).isEqualTo("first");
        assertThat(second.get()).isEqualTo("first");
    }

    @Test
    void concurrentCallersShareTheFailure() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        start(() -> cache.get("a", () -> {
            begun.countDown();
            IdentityResolverTest.await(end);
            throw new IdentityLookupException("down", null);
        }));
        begun.await();
        FutureTask<Throwable> second =
                new FutureTask<>(() -> catchThrowableOfType(IdentityLookupException.class, () -> load("a")));
        waiting(second);
        end.countDown();
        assertThat(second.get()).hasMessage("down").hasCauseInstanceOf(IdentityLookupException.class);
        assertThat(loads).hasValue(0);
    }

    @Test
    void interruptedLoader_waiterLoadsAgain() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Thread first = new Thread(() -> cache.get("a", () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IdentityLookupException("interrupted", null);
        }));
        first.setUncaughtExceptionHandler((thread, e) -> {});
        first.start();
        begun.await();
        FutureTask<String> second = new FutureTask<>(() -> load("a"));
        waiting(second);
        first.interrupt();
        assertThat(second.get()).isEqualTo("a1");
    }

    @Test
    void interruptedWaiter_stopsWaiting() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        FutureTask<String> first = start(() -> cache.get("a", () -> {
            begun.countDown();
            IdentityResolverTest.await(end);
            return "first";
        }));
        begun.await();
        FutureTask<Boolean> second = new FutureTask<>(() -> {
            assertThatExceptionOfType(IdentityLookupException.class)
                    .isThrownBy(() -> load("a"))
                    .withMessageContaining("interrupted");
            return Thread.currentThread().isInterrupted();
        });
        waiting(second).interrupt();
        assertThat(second.get()).as("interrupt flag is restored").isTrue();
        end.countDown();
        assertThat(first.get()).isEqualTo("first");
    }

    @Test
    void invalidate_duringLoad_discardsTheResult() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        FutureTask<String> first = start(() -> cache.get("a", () -> {
            begun.countDown();
            IdentityResolverTest.await(end);
            return "stale";
        }));
        begun.await();
        cache.invalidate("a");
        assertThat(load("a")).isEqualTo("a1");
        end.countDown();
        assertThat(first.get()).isEqualTo("stale");
        assertThat(load("a")).isEqualTo("a1");
    }

    @Test
    void unexpectedExceptionsPropagate() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> cache.get("a", () -> {
                    throw new IllegalStateException("a bug");
                }));
        assertThat(load("a")).isEqualTo("a1");
    }

    @Test
    void hugeTtlMeansForever() {
        Duration huge = Duration.ofSeconds(Long.MAX_VALUE);
        SingleFlightCache<String, String> forever = new SingleFlightCache<>(2, huge, huge, MutableClock.atPresent());
        assertThat(forever.get("a", () -> "1")).isEqualTo("1");
        assertThat(forever.get("a", () -> "2")).isEqualTo("1");
    }
}
