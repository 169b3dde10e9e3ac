package dev.atlex.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import dev.atlex.repo.Car;
import dev.atlex.repo.CarReader;
import dev.atlex.repo.CarWriter;
import dev.atlex.repo.Commit;
import dev.atlex.repo.Mst;
import dev.atlex.repo.RepoRecord;
import dev.atlex.repo.Repository;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Tid;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
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

/**
 * Reads a repository of 20,000 posts, and the slice of a single commit.
 *
 * <p>{@link #carFileSize()} helps to convert times to throughput.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RepoBenchmark {
    private static final int POSTS = 20_000;
    private static final Did DID = Did.of("did:plc:z72i7hdynmk6r22z27h6tvur");

    private final P256PrivateKey key = P256PrivateKey.generate();
    private final Mst tree;
    private final byte[] carFile;
    private final byte[] slice;
    private final Cid newRecord;
    private final String newKey = "app.bsky.feed.post/" + Tid.of(1_800_000_000_000_000L, 7);

    /** Builds the repository. Each run uses the same records, all of which differ from each other. */
    public RepoBenchmark() {
        Random random = new Random(1);
        TreeMap<String, Cid> records = new TreeMap<>();
        Map<Cid, byte[]> blocks = new LinkedHashMap<>();
        for (int i = 0; i < POSTS; i++) {
            byte[] block = post(random);
            Cid cid = Cid.ofDagCbor(block);
            blocks.put(cid, block);
            records.put("app.bsky.feed.post/" + Tid.of(1_700_000_000_000_000L + i * 1_000_000L, 7), cid);
        }
        tree = Mst.of(records);
        Map<Cid, byte[]> all = new LinkedHashMap<>();
        Commit commit = commit(tree);
        all.put(commit.cid(), commit.block());
        tree.forEachNode(all::put);
        all.putAll(blocks);
        carFile = CarWriter.toBytes(commit.cid(), all);

        byte[] post = post(random);
        newRecord = Cid.ofDagCbor(post);
        Mst changed = tree.put(newKey, newRecord);
        Commit next = commit(changed);
        Map<Cid, byte[]> part = new LinkedHashMap<>();
        part.put(next.cid(), next.block());
        part.putAll(changed.coveringProof(newKey));
        part.put(newRecord, post);
        slice = CarWriter.toBytes(next.cid(), part);
    }

    private Commit commit(Mst of) {
        return Commit.sign(DID, of.root(), Tid.of(1_800_000_000_000_000L, 7), key);
    }

    private static byte[] post(Random random) {
        byte[] noise = new byte[120 + random.nextInt(120)];
        random.nextBytes(noise);
        return LexMap.builder()
                .put("$type", "app.bsky.feed.post")
                .put("text", new String(Base64.getEncoder().encode(noise), UTF_8))
                .put("createdAt", "2026-01-02T03:04:05.678Z")
                .build()
                .toCbor();
    }

    /** Returns the size of the repository in bytes. */
    int carFileSize() {
        return carFile.length;
    }

    /** Returns the size of the commit's slice in bytes. */
    int sliceSize() {
        return slice.length;
    }

    /** Reads all blocks as a stream and hashes them. */
    @Benchmark
    public int streamOfBlocks() {
        int count = 0;
        try (CarReader reader = CarReader.open(new ByteArrayInputStream(carFile))) {
            while (reader.read() != null) {
                count++;
            }
        }
        return count;
    }

    /** Reads the repository in memory: hashes all blocks, checks the tree, and returns each record's block. */
    @Benchmark
    public int wholeRepository() {
        int bytes = 0;
        for (RepoRecord record : Repository.of(Car.parse(carFile)).records()) {
            bytes += record.block().length;
        }
        return bytes;
    }

    /** Finds the blocks of a commit's slice without hashing them. */
    @Benchmark
    public Car sliceParsed() {
        return Car.parse(slice);
    }

    /** Finds the blocks of a commit's slice, and reads the new record. */
    @Benchmark
    public byte[] sliceWithRecord() {
        return Car.parse(slice).require(newRecord, "record");
    }

    /** Measures what a server does for a write, without the signature. */
    @Benchmark
    public byte[] unsignedCommit() {
        Mst changed = tree.put(newKey, newRecord);
        Map<Cid, byte[]> blocks = new LinkedHashMap<>(changed.diff(tree).addedNodes());
        blocks.putAll(changed.coveringProof(newKey));
        return CarWriter.toBytes(changed.root(), blocks);
    }

    /** Measures signing a commit. */
    @Benchmark
    public Commit signature() {
        return commit(tree);
    }
}
