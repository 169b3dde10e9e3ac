package dev.atlex.benchmarks;

import dev.atlex.benchmarks.oauth.OAuthCalls;
import dev.atlex.oauth.OAuthSession;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Resumes an OAuth session, and calls without a network: with it, and with a password session. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class OAuthBenchmark {
    private final OAuthCalls calls = new OAuthCalls();

    @Benchmark
    public OAuthSession resume() {
        return calls.resume();
    }

    @Benchmark
    public byte[] signature() {
        return calls.signature();
    }

    @Benchmark
    public Object oauthCall() {
        return calls.oauthCall();
    }

    @Benchmark
    public Object passwordCall() {
        return calls.passwordCall();
    }
}
