package dev.atlex.benchmarks;

import app.bsky.feed.Post;
import com.atproto.repo.ListRecords;
import dev.atlex.benchmarks.payload.Payload;
import dev.atlex.data.Cid;
import dev.atlex.data.LexWriter;
import dev.atlex.data.ReadOptions;
import java.util.ArrayList;
import java.util.List;
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

/** Works on single records: reads a page of 50 as typed posts, and computes the CID of one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RecordBenchmark {
    private final byte[] records = Payload.of("records").json();
    private final Post post = Payload.onePost();
    private final byte[] cbor = LexWriter.toCbor(writer -> Post.CODEC.write(writer, post));

    /** Like {@code client.list(Post.RECORD)}: reads the page and converts each record to a typed post. */
    @Benchmark
    public List<Post> listOfTypedPosts() {
        ListRecords.Output page = ListRecords.Output.CODEC.fromJson(records, ReadOptions.STRICT);
        List<Post> posts = new ArrayList<>(page.records().size());
        for (ListRecords.Record record : page.records()) {
            posts.add(Post.RECORD.from(record.value()));
        }
        return posts;
    }

    /** Computes the CID of a typed post: DAG-CBOR, SHA-256, base32. */
    @Benchmark
    public String cidOfPost() {
        return Cid.ofDagCbor(LexWriter.toCbor(writer -> Post.CODEC.write(writer, post)))
                .toString();
    }

    /** Runs only the unavoidable part of {@link #cidOfPost}: SHA-256 and base32. */
    @Benchmark
    public String cidOfBytes() {
        return Cid.ofDagCbor(cbor).toString();
    }
}
