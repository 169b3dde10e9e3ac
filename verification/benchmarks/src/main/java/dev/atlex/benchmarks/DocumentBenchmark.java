package dev.atlex.benchmarks;

import dev.atlex.benchmarks.payload.Payload;
import dev.atlex.benchmarks.peer.Databind;
import dev.atlex.benchmarks.peer.TokenScan;
import dev.atlex.benchmarks.peer.UntypedTree;
import dev.atlex.data.ReadOptions;
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

/** Reads and writes whole documents, with jackson-core and Jackson's mapper for comparison. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DocumentBenchmark {
    private static final ReadOptions UNCHECKED = ReadOptions.STRICT.withValidate(false);

    @Param({"timeline", "post", "post-as-served", "records", "deep"})
    private String payload;

    private Payload<?> document;
    private Object tree;

    @Setup(Level.Trial)
    public void prepare() {
        document = Payload.of(payload);
        tree = Databind.parse(document.json());
    }

    /** Validates everything, as the client does in strict mode. */
    @Benchmark
    public Object decodeChecked() {
        return document.fromJson(ReadOptions.STRICT);
    }

    /** Validates against the schema but accepts violations of the data model, like {@code strict(false)}. */
    @Benchmark
    public Object decodeLenient() {
        return document.fromJson(ReadOptions.LENIENT);
    }

    /** Validates nothing, like {@code validateResponse(false)}. */
    @Benchmark
    public Object decodeUnchecked() {
        return document.fromJson(UNCHECKED);
    }

    @Benchmark
    public byte[] encode() {
        return document.toJson();
    }

    @Benchmark
    public Object cborDecodeChecked() {
        return document.fromCbor(ReadOptions.STRICT);
    }

    @Benchmark
    public Object cborDecodeUnchecked() {
        return document.fromCbor(UNCHECKED);
    }

    @Benchmark
    public byte[] cborEncode() {
        return document.toCbor();
    }

    @Benchmark
    public int peerTokenScan() {
        return TokenScan.scan(document.json());
    }

    @Benchmark
    public Object peerUntypedTree() {
        return UntypedTree.parse(document.json());
    }

    @Benchmark
    public Object peerDatabindTree() {
        return Databind.parse(document.json());
    }

    @Benchmark
    public byte[] peerDatabindWrite() {
        return Databind.write(tree);
    }
}
