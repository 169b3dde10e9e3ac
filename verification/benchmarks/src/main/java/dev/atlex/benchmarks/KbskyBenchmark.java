package dev.atlex.benchmarks;

import dev.atlex.benchmarks.payload.Payload;
import dev.atlex.benchmarks.peer.Kbsky;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Measures how long the Kotlin SDK kbsky takes to read the timeline, the only payload that it has a class for. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class KbskyBenchmark {
    @Param("timeline")
    private String payload;

    private final byte[] json = Payload.of("timeline").json();

    @Benchmark
    public Object peerKbsky() {
        return Kbsky.parse(json);
    }
}
