package dev.atlex.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TidTest {
    @Test
    void timestampAndClockIdAreDecoded() {
        assertThat(Tid.of("2222222222222").timestampMicros()).isZero();
        assertThat(Tid.of("2222222222222").clockId()).isZero();
        Tid tid = Tid.of("3jzfcijpj2z2a");
        assertThat(tid.timestampMicros()).isEqualTo(1_688_137_381_887_007L);
        assertThat(tid.clockId()).isEqualTo(6);
        assertThat(tid.toInstant()).isEqualTo(Instant.parse("2023-06-30T15:03:01.887007Z"));
        assertThat(Tid.of(tid.timestampMicros(), tid.clockId())).isEqualTo(tid);
        assertThat(Tid.of(1_767_225_600_000_000L, 31)).hasToString("3mbd3542k222z");
        assertThat(tid.toRecordKey()).isEqualTo(RecordKey.of("3jzfcijpj2z2a"));
    }

    @Test
    void wholeRangeRoundTrips() {
        long max = (1L << 53) - 1;
        assertThat(Tid.of(max, 1023)).hasToString("bzzzzzzzzzzzz");
        assertThat(Tid.of(max, 1023).timestampMicros()).isEqualTo(max);
        assertThat(Tid.of(max, 1023).clockId()).isEqualTo(1023);
        assertThat(Tid.of(0, 0)).hasToString("2222222222222");
        // the syntax allows the top bit, which the specification requires to be zero
        assertThat(Tid.of("jzzzzzzzzzzzz").timestampMicros()).isEqualTo((1L << 54) - 1);
    }

    @Test
    void outOfRangeArgumentsAreRejected() {
        assertThatThrownBy(() -> Tid.of(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Tid.of(1L << 53, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Tid.of(0, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Tid.of(0, 1024)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TidGenerator(InstantSource.system(), 1024))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void stringFormsSortByTime() {
        assertThat(Tid.of(1_000_000, 1023)).isLessThan(Tid.of(1_000_001, 0));
        assertThat(Tid.of(31, 0)).isLessThan(Tid.of(32, 0));
    }

    @Test
    void generator_advancingClock_usesItsTime() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00.123456789Z"));
        TidGenerator generator = new TidGenerator(now::get, 7);
        assertThat(generator.next().toInstant()).isEqualTo(Instant.parse("2026-01-01T00:00:00.123456Z"));
        now.set(Instant.parse("2026-01-01T00:00:05Z"));
        Tid second = generator.next();
        assertThat(second.toInstant()).isEqualTo(Instant.parse("2026-01-01T00:00:05Z"));
        assertThat(second.clockId()).isEqualTo(7);
    }

    @Test
    void generator_clockStopsOrGoesBack_staysMonotonic() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
        TidGenerator generator = new TidGenerator(now::get, 7);
        Tid first = generator.next();
        Tid standing = generator.next();
        now.set(Instant.parse("2020-01-01T00:00:00Z"));
        Tid back = generator.next();
        assertThat(standing).isGreaterThan(first);
        assertThat(back).isGreaterThan(standing);
        assertThat(back.timestampMicros()).isEqualTo(first.timestampMicros() + 2);
    }

    @Test
    void generator_clockOutOfRange_throws() {
        for (Instant instant : new Instant[] {Instant.MIN, Instant.EPOCH.minusNanos(1), Instant.MAX}) {
            TidGenerator generator = new TidGenerator(() -> instant, 0);
            assertThatThrownBy(generator::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("clock");
        }
    }

    @Test
    void concurrentCallsReturnUniqueIncreasingTids() throws Exception {
        int threads = 8;
        int each = 5_000;
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<List<Tid>>> futures = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                futures.add(executor.submit(() -> {
                    start.await(10, TimeUnit.SECONDS);
                    List<Tid> tids = new ArrayList<>(each);
                    for (int i = 0; i < each; i++) {
                        tids.add(Tid.next());
                    }
                    return tids;
                }));
            }
            Set<Tid> all = new HashSet<>();
            for (Future<List<Tid>> future : futures) {
                List<Tid> tids = future.get(30, TimeUnit.SECONDS);
                assertThat(tids).isSorted();
                all.addAll(tids);
            }
            assertThat(all).hasSize(threads * each);
        } finally {
            executor.shutdownNow();
        }
    }
}
