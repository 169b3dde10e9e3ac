package dev.atlex.benchmarks;

import dev.atlex.bluesky.richtext.RichText;
import java.util.List;
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

/**
 * Detects facets in 1 MB of text, and splits it. The hostile inputs take quadratic time with upstream's regular
 * expressions.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RichTextBenchmark {
    private static final int BYTES = 1 << 20;

    @Param({"Some prose, with a link. example.com ", "#a! ", "#!", "(@a-", "(http://", "a.", "\u0301"})
    private String unit;

    private String input;
    private RichText text;

    @Setup(Level.Trial)
    public void prepare() {
        input = unit.repeat(BYTES / RichText.of(unit).utf8Length());
        text = RichText.detect(input);
    }

    @Benchmark
    public RichText detect() {
        return RichText.detect(input);
    }

    @Benchmark
    public List<RichText> split() {
        return text.split();
    }
}
