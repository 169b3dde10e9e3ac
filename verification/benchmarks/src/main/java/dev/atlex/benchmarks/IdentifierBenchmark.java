package dev.atlex.benchmarks;

import dev.atlex.data.Cid;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Datetime;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.LanguageTag;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import dev.atlex.syntax.Tid;
import dev.atlex.syntax.Uris;
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

/** Parses each kind of identifier at its usual length. The fields aren't final, so the compiler can't fold them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class IdentifierBenchmark {
    String did = "did:plc:ewvi7nxzyoun6zhxrhs64oiz";
    String handle = "alice.bsky.social";
    String nsid = "app.bsky.feed.post";
    String tid = "3lbfeyekbbc2a";
    String recordKey = "self.example:key_1~2";
    String atUri = "at://did:plc:ewvi7nxzyoun6zhxrhs64oiz/app.bsky.feed.post/3lbfeyekbbc2a";
    String datetime = "2026-11-01T12:34:56.789Z";
    String languageTag = "zh-Hant-TW";
    String cid = Cid.ofRaw(new byte[] {1, 2, 3}).toString();
    String uri = "https://cdn.bsky.app/img/avatar/plain/did:plc:ewvi7nxzyoun6zhxrhs64oiz/" + cid + "@jpeg";

    @Benchmark
    public Did did() {
        return Did.of(did);
    }

    @Benchmark
    public Handle handle() {
        return Handle.of(handle);
    }

    @Benchmark
    public Nsid nsid() {
        return Nsid.of(nsid);
    }

    @Benchmark
    public Tid tid() {
        return Tid.of(tid);
    }

    @Benchmark
    public RecordKey recordKey() {
        return RecordKey.of(recordKey);
    }

    @Benchmark
    public AtUri atUri() {
        return AtUri.of(atUri);
    }

    @Benchmark
    public Datetime datetime() {
        return Datetime.of(datetime);
    }

    @Benchmark
    public LanguageTag languageTag() {
        return LanguageTag.of(languageTag);
    }

    @Benchmark
    public Cid cid() {
        return Cid.of(cid);
    }

    @Benchmark
    public boolean uri() {
        return Uris.isValid(uri);
    }
}
