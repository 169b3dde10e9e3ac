package dev.atlex.testkit.internal.sync;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.util.Arrays;

/** The frames of an event stream: a header and a body, both in DAG-CBOR. */
final class Frames {
    private Frames() {}

    static byte[] message(String type, LexMap body) {
        return frame(header(type), body);
    }

    /** Returns the number of bytes before the body of a message. */
    static int headerSize(String type) {
        return header(type).toCbor().length;
    }

    private static LexMap header(String type) {
        return LexMap.builder().put("op", 1).put("t", type).build();
    }

    static byte[] info(String name, String message) {
        return message(
                "#info",
                LexMap.builder().put("name", name).put("message", message).build());
    }

    static byte[] error(String error, String message) {
        return frame(
                LexMap.of("op", LexValue.of(-1)),
                LexMap.builder().put("error", error).put("message", message).build());
    }

    private static byte[] frame(LexMap header, LexMap body) {
        byte[] head = header.toCbor();
        byte[] rest = body.toCbor();
        byte[] frame = Arrays.copyOf(head, head.length + rest.length);
        System.arraycopy(rest, 0, frame, head.length, rest.length);
        return frame;
    }
}
