package dev.atlex.streams;

import dev.atlex.data.Bytes;
import dev.atlex.data.Cid;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexNull;
import dev.atlex.repo.CarWriter;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Frames of {@code xrpc.v0.cbor}. */
public final class Frames {
    private Frames() {}

    /** Returns a frame with a header and a body. */
    public static byte[] of(LexMap header, LexMap body) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(cbor(header));
        frame.writeBytes(cbor(body));
        return frame.toByteArray();
    }

    /** Returns a message of a type such as {@code #labels}. */
    public static byte[] message(String type, Consumer<LexMap.Builder> body) {
        LexMap.Builder map = LexMap.builder();
        body.accept(map);
        return of(LexMap.builder().put("op", 1).put("t", type).build(), map.build());
    }

    /** Returns a message of the type {@code #labels} without labels. */
    public static byte[] labels(long seq) {
        return message("#labels", body -> body.put("seq", seq).put("labels", LexArray.of()));
    }

    /** Returns an identity event. */
    public static byte[] identity(long seq, String did) {
        return message(
                "#identity", body -> body.put("seq", seq).put("did", did).put("time", "2026-11-27T16:00:00.000Z"));
    }

    /** Returns a commit that creates one record. */
    public static byte[] commit(long seq, String did, String path, LexMap record) {
        byte[] block = record.toCbor();
        Cid cid = Cid.ofDagCbor(block);
        return commit(
                seq, did, List.of(op("create", path, cid)), Bytes.wrap(CarWriter.toBytes(cid, Map.of(cid, block))));
    }

    /** Returns an operation of a commit. */
    public static LexMap op(String action, String path, Cid cid) {
        return LexMap.builder()
                .put("action", action)
                .put("path", path)
                .put("cid", cid == null ? LexNull.NULL : cid)
                .build();
    }

    /** Returns a commit. */
    public static byte[] commit(long seq, String did, List<LexMap> ops, Bytes blocks) {
        return message(
                "#commit",
                body -> body.put("seq", seq)
                        .put("rebase", false)
                        .put("tooBig", false)
                        .put("repo", did)
                        .put("commit", Cid.ofDagCbor(new byte[] {(byte) 0xa0}))
                        .put("rev", "3kznmn7xqxl22")
                        .put("since", LexNull.NULL)
                        .put("blocks", blocks)
                        .put("ops", LexArray.of(ops.toArray(LexMap[]::new)))
                        .put("blobs", LexArray.of())
                        .put("time", "2026-11-27T16:00:00.000Z"));
    }

    /** Returns an account event. */
    public static byte[] account(long seq, String did, String status) {
        return message(
                "#account",
                body -> body.put("seq", seq)
                        .put("did", did)
                        .put("time", "2026-11-27T16:00:00.000Z")
                        .put("active", false)
                        .put("status", status));
    }

    /** Returns a sync event. */
    public static byte[] sync(long seq, String did) {
        return message(
                "#sync",
                body -> body.put("seq", seq)
                        .put("did", did)
                        .put("blocks", Bytes.of(new byte[] {1}))
                        .put("rev", "3kznmn7xqxl22")
                        .put("time", "2026-11-27T16:00:00.000Z"));
    }

    /** Returns a notice. */
    public static byte[] info(String name) {
        return message("#info", body -> body.put("name", name));
    }

    /** Returns an error. */
    public static byte[] error(String error, String message) {
        return of(
                LexMap.builder().put("op", -1).build(),
                LexMap.builder().put("error", error).put("message", message).build());
    }

    private static byte[] cbor(LexMap map) {
        return map.toCbor();
    }
}
