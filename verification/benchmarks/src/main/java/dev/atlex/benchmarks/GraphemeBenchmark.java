package dev.atlex.benchmarks;

import dev.atlex.schema.internal.Graphemes;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Counts graphemes in strings of 300, the maximum length of a post. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class GraphemeBenchmark {
    /** Each has 300 graphemes. */
    static final Map<String, String> TEXTS = Map.of(
            "ascii", "plain text ".repeat(27) + "abc",
            "cjk", "日本語の文章です。".repeat(33) + "日本語",
            "emoji", "👩‍👩‍👧🏳️‍🌈👍🏽🇯🇵🦋".repeat(60));

    @Param({"ascii", "cjk", "emoji"})
    private String text;

    private String value;

    @Setup(Level.Trial)
    public void prepare() {
        value = TEXTS.get(text);
    }

    @Benchmark
    public int count() {
        return Graphemes.count(value);
    }

    /** Runs the check that is part of validating a post. */
    @Benchmark
    public boolean exceeds() {
        return Graphemes.exceeds(value, 300);
    }
}
