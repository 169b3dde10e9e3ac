package dev.atlex.benchmarks;

import app.bsky.feed.Post;
import dev.atlex.benchmarks.stream.StreamFrames;
import dev.atlex.streams.CommitEvent;
import dev.atlex.streams.Decoders;
import dev.atlex.streams.RecordOperation;
import dev.atlex.streams.RepoEvent;
import dev.atlex.streams.internal.frame.Decoded;
import dev.atlex.streams.internal.frame.FrameDecoder;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Decodes events of streams from memory, one per operation. Each event is a different new post. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class StreamBenchmark {
    private final StreamFrames frames = new StreamFrames();
    private final FrameDecoder<RepoEvent> jetstream = Decoders.jetstream();
    private final FrameDecoder<RepoEvent> firehose = Decoders.firehose();
    private final FrameDecoder<RepoEvent> likes = Decoders.firehose("app.bsky.feed.like");
    private int at;

    /** Creates a benchmark. */
    public StreamBenchmark() {}

    private byte[] next(List<byte[]> of) {
        at = (at + 1) % of.size();
        return of.get(at);
    }

    /** Decodes a Jetstream event and its typed record. */
    @Benchmark
    public @Nullable Post jetstreamEvent() {
        return post(jetstream.decode(next(frames.jetstream()), true));
    }

    /** Decodes the header and the commit of a frame, checks the record's hash, and decodes the typed record. */
    @Benchmark
    public @Nullable Post firehoseFrame() {
        return post(firehose.decode(next(frames.firehose()), false));
    }

    /** Decodes the header and the commit of a frame, whose record isn't read. */
    @Benchmark
    public Decoded<RepoEvent> firehoseFrameWithoutRecord() {
        return firehose.decode(next(frames.firehose()), false);
    }

    /** Decodes a frame of a collection that the stream doesn't deliver. */
    @Benchmark
    public Decoded<RepoEvent> firehoseFrameFilteredOut() {
        return likes.decode(next(frames.firehose()), false);
    }

    private static @Nullable Post post(Decoded<RepoEvent> decoded) {
        CommitEvent commit = (CommitEvent) ((Decoded.Event<RepoEvent>) decoded).event();
        RecordOperation operation = commit.operations().get(0);
        return Objects.requireNonNull(operation.record(Post.RECORD));
    }
}
