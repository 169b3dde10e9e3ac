package dev.atlex.streams;

import dev.atlex.data.LexMap;
import java.io.ByteArrayOutputStream;
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
        return message("#labels", body -> body.put("seq", seq).put("labels", dev.atlex.data.LexArray.of()));
    }

    /** Returns an identity event. */
    public static byte[] identity(long seq, String did) {
        return message(
                "#identity", body -> body.put("seq", seq).put("did", did).put("time", "2026-11-27T16:00:00.000Z"));
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
