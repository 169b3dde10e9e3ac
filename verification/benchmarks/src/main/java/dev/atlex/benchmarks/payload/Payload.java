package dev.atlex.benchmarks.payload;

import app.bsky.feed.GetTimeline;
import app.bsky.feed.Post;
import com.atproto.repo.ListRecords;
import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexValue;
import dev.atlex.data.LexWriter;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.Codec;
import dev.atlex.schema.LexObject;
import java.util.ArrayList;
import java.util.List;

/**
 * A document to read and write through the entry points that the client uses.
 *
 * @param json the document as JSON
 * @param cbor the document as DAG-CBOR
 */
public record Payload<T extends LexObject>(String name, Codec<T> codec, T value, byte[] json, byte[] cbor) {
    /** The names of all payloads, in the order of the reports. */
    public static final List<String> NAMES = List.of("timeline", "post", "post-as-served", "records", "deep");

    private static final int RECORDS = 50;
    private static final int DEPTH = 60;

    public static Payload<?> of(String name) {
        return switch (name) {
            // 50 items, about 128 KB: the typical workload of a bot or app.
            case "timeline" -> written(name, GetTimeline.Output.CODEC, Timeline.page());
            // As clients write it: $type comes first.
            case "post" -> written(name, Post.CODEC, onePost());
            // As servers send it: fields are in DAG-CBOR order, so $type comes after text.
            case "post-as-served" -> {
                LexValue served = LexValue.parseCbor(LexWriter.toCbor(writer -> Post.CODEC.write(writer, onePost())));
                yield served(name, Post.CODEC, served);
            }
            case "records" -> written(name, ListRecords.Output.CODEC, records());
            case "deep" -> served(name, Post.CODEC, deep());
            default -> throw new IllegalArgumentException("unknown payload: " + name);
        };
    }

    /** Returns the post that the benchmarks for posts and CIDs use. */
    public static Post onePost() {
        return Timeline.posts(1).get(0);
    }

    public T fromJson(ReadOptions options) {
        return codec.fromJson(json, options);
    }

    public T fromCbor(ReadOptions options) {
        return LexReader.readCbor(cbor, options, codec::read);
    }

    public byte[] toJson() {
        return codec.toJson(value);
    }

    public byte[] toCbor() {
        return LexWriter.toCbor(writer -> codec.write(writer, value));
    }

    private static <T extends LexObject> Payload<T> written(String name, Codec<T> codec, T value) {
        return new Payload<>(
                name, codec, value, codec.toJson(value), LexWriter.toCbor(writer -> codec.write(writer, value)));
    }

    private static <T extends LexObject> Payload<T> served(String name, Codec<T> codec, LexValue served) {
        byte[] json = LexWriter.toJson(writer -> writer.value(served));
        byte[] cbor = LexWriter.toCbor(writer -> writer.value(served));
        return new Payload<>(name, codec, codec.fromValue(served), json, cbor);
    }

    private static ListRecords.Output records() {
        List<ListRecords.Record> records = new ArrayList<>();
        String repo = "at://did:plc:ewvi7nxzyoun6zhxrhs64oiz/app.bsky.feed.post/";
        for (Post post : Timeline.posts(RECORDS)) {
            byte[] cbor = LexWriter.toCbor(writer -> Post.CODEC.write(writer, post));
            records.add(ListRecords.Record.builder()
                    .uri(repo + "3lbfeyekbbc" + (char) ('a' + records.size() / 26) + (char) ('a' + records.size() % 26))
                    .cid(Cid.ofDagCbor(cbor))
                    .value((LexMap) LexValue.parseCbor(cbor))
                    .build());
        }
        return ListRecords.Output.builder()
                .cursor("3lbfeyekbbcaa")
                .records(records)
                .build();
    }

    /**
     * Returns a post as a future app may write it, with an unknown kind of embed, unknown fields and 60 levels of maps.
     */
    private static LexValue deep() {
        LexMap inner = LexMap.builder().put("text", "the innermost — 奥").build();
        for (int i = 0; i < DEPTH; i++) {
            LexMap next = inner;
            inner = LexMap.builder()
                    .put("$type", "com.example.tree#node")
                    .put("level", i)
                    .put("leaf", i == 0)
                    .put("tags", LexValue.of(List.of(LexValue.of("tag" + i), LexValue.of("tag of " + i))))
                    .put("child", next)
                    .build();
        }
        LexMap post = (LexMap) Post.CODEC.toValue(onePost());
        LexMap.Builder poll = LexMap.builder().put("$type", "com.example.poll");
        for (int i = 0; i < 20; i++) {
            poll.put(
                    "option" + i,
                    LexMap.builder()
                            .put("text", "option " + i)
                            .put("votes", i * 17L)
                            .build());
        }
        return post.toBuilder()
                .put("embed", inner)
                .put("com.example.poll", poll.build())
                .put("com.example.note", "kept for another app")
                .put("com.example.weight", 17)
                .build();
    }
}
