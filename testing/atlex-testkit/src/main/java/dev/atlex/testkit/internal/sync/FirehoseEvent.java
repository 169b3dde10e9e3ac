package dev.atlex.testkit.internal.sync;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.ReadOptions;
import java.util.Arrays;

/**
 * An event of a firehose.
 *
 * @param type the type, such as {@code #commit}
 * @param frame the header and the body, both in DAG-CBOR
 */
public record FirehoseEvent(String type, byte[] frame) {
    static FirehoseEvent of(String type, LexMap body) {
        return new FirehoseEvent(type, Frames.message(type, body));
    }

    /** Returns the body. */
    public LexMap body() {
        byte[] body = Arrays.copyOfRange(frame, Frames.headerSize(type), frame.length);
        return LexReader.readCbor(body, ReadOptions.LENIENT, LexReader::readMap);
    }
}
