package dev.atlex.streams.internal.frame;

import dev.atlex.data.LexException;
import dev.atlex.data.LexInteger;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.ReadOptions;
import dev.atlex.streams.InvalidFrameException;
import dev.atlex.streams.internal.frame.Decoded.Error;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A frame of {@code xrpc.v0.cbor}: two DAG-CBOR objects, a header and a body. The message's type is in the header; the
 * body has no {@code $type}.
 *
 * @param type the message's type, as in the header: {@code #commit}; null for an error and for an unknown operation
 * @param error the error, or null
 * @param body the body; empty if it isn't needed
 */
public record CborFrame(@Nullable String type, @Nullable Error<?> error, byte[] body) {
    private static final byte[] NONE = {};
    private static final int MESSAGE = 1;
    private static final int ERROR = -1;

    /**
     * Splits a frame.
     *
     * @throws InvalidFrameException if it isn't two CBOR objects, the first of which is a header
     */
    public static CborFrame read(byte[] frame) {
        try {
            int split = CborScan.end(frame, 0);
            LexMap header = map(Arrays.copyOf(frame, split));
            byte[] body = Arrays.copyOfRange(frame, split, frame.length);
            if (!(header.get("op") instanceof LexInteger op)) {
                throw FrameDecoder.invalid("the header has no integer op", frame, null);
            } else if (op.value() == ERROR) {
                return new CborFrame(null, Error.of(map(body)), NONE);
            } else if (op.value() != MESSAGE) {
                return new CborFrame(null, null, NONE);
            }
            String type = header.getString("t");
            if (type == null || type.isEmpty()) {
                throw FrameDecoder.invalid("the header has no type t", frame, null);
            }
            return new CborFrame(type, null, body);
        } catch (LexException e) {
            throw FrameDecoder.invalid(frame, e);
        }
    }

    private static LexMap map(byte[] cbor) {
        return LexReader.readCbor(cbor, ReadOptions.LENIENT, LexReader::readMap);
    }
}
