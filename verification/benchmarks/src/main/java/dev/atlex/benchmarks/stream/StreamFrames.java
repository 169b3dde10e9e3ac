package dev.atlex.benchmarks.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.data.Bytes;
import dev.atlex.data.Cid;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.repo.CarWriter;
import dev.atlex.repo.Commit;
import dev.atlex.repo.Mst;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Tid;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Events of new posts, as a Jetstream and a firehose send them. They are the same in every run, and all different. */
public final class StreamFrames {
    /** The number of events of each kind. */
    public static final int COUNT = 1_000;

    private static final Did DID = Did.of("did:plc:z72i7hdynmk6r22z27h6tvur");
    private static final String COLLECTION = "app.bsky.feed.post/";
    private static final String TIME = "2026-01-02T03:04:05.678Z";
    private static final String[] WORDS =
            "the of and to a in is you that it he was for on are as with his they I at be".split(" ");

    private final List<byte[]> jetstream = new ArrayList<>();
    private final List<byte[]> firehose = new ArrayList<>();

    /** Creates the events, in a repository of 10,000 posts. */
    public StreamFrames() {
        Random random = new Random(1);
        P256PrivateKey key = P256PrivateKey.generate();
        TreeMap<String, Cid> records = new TreeMap<>();
        for (int i = 0; i < 10_000; i++) {
            records.put(COLLECTION + tid(i), Cid.ofDagCbor(post(random).toCbor()));
        }
        Mst tree = Mst.of(records);
        for (int i = 1; i <= COUNT; i++) {
            LexMap post = post(random);
            byte[] block = post.toCbor();
            Cid cid = Cid.ofDagCbor(block);
            String path = COLLECTION + tid(10_000 + i);
            tree = tree.put(path, cid);
            Commit commit = Commit.sign(DID, tree.root(), tid(10_000 + i), key);
            Map<Cid, byte[]> blocks = new LinkedHashMap<>();
            blocks.put(commit.cid(), commit.block());
            blocks.putAll(tree.coveringProof(path));
            blocks.put(cid, block);
            firehose.add(commit(i, path, cid, commit, CarWriter.toBytes(commit.cid(), blocks)));
            jetstream.add(json(i, path, cid, commit, post));
        }
    }

    private static Tid tid(int number) {
        return Tid.of(1_700_000_000_000_000L + number * 1_000_000L, 7);
    }

    private static LexMap post(Random random) {
        StringBuilder text = new StringBuilder();
        for (int words = 5 + random.nextInt(40); words > 0; words--) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        return LexMap.builder()
                .put("$type", "app.bsky.feed.post")
                .put("createdAt", TIME)
                .put("langs", LexArray.of(new LexString("en")))
                .put("text", text.append(random.nextInt(1_000_000)).toString())
                .build();
    }

    private static byte[] commit(long sequence, String path, Cid cid, Commit commit, byte[] blocks) {
        LexMap header = LexMap.builder().put("op", 1).put("t", "#commit").build();
        LexMap operation = LexMap.builder()
                .put("action", "create")
                .put("path", path)
                .put("cid", cid)
                .build();
        LexMap body = LexMap.builder()
                .put("seq", sequence)
                .put("rebase", false)
                .put("tooBig", false)
                .put("repo", DID.toString())
                .put("commit", commit.cid())
                .put("rev", commit.rev().toString())
                .put("since", commit.rev().toString())
                .put("blocks", Bytes.wrap(blocks))
                .put("ops", LexArray.of(operation))
                .put("blobs", LexArray.of())
                .put("prevData", commit.cid())
                .put("time", TIME)
                .build();
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(header.toCbor());
        frame.writeBytes(body.toCbor());
        return frame.toByteArray();
    }

    private static byte[] json(long sequence, String path, Cid cid, Commit commit, LexMap post) {
        LexMap payload = LexMap.builder()
                .put("$type", "network.bsky.jetstream.subscribeEvents#commit")
                .put("seq", sequence)
                .put("did", DID.toString())
                .put("time", TIME)
                .put("rev", commit.rev().toString())
                .put("operation", "create")
                .put("collection", "app.bsky.feed.post")
                .put("rkey", path.substring(COLLECTION.length()))
                .put("cid", cid.toString())
                .put("record", post)
                .build();
        return LexMap.builder()
                .put("$type", "message")
                .put("payload", payload)
                .build()
                .toJson()
                .getBytes(UTF_8);
    }

    /** Returns the messages of a Jetstream of version 2, in UTF-8. */
    public List<byte[]> jetstream() {
        return jetstream;
    }

    /** Returns the messages of a firehose. */
    public List<byte[]> firehose() {
        return firehose;
    }
}
