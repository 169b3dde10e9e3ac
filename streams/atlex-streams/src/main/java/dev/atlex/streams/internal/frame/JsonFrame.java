package dev.atlex.streams.internal.frame;

import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.ReadOptions;
import dev.atlex.streams.InvalidFrameException;
import dev.atlex.streams.StreamException;
import dev.atlex.streams.internal.frame.Decoded.Error;
import org.jspecify.annotations.Nullable;

/**
 * A frame of {@code xrpc.v1.json}: an envelope that contains a message or an error.
 *
 * @param payload the message, or null for an error and for an unknown kind of envelope
 * @param error the error, or null
 * @see <a href="https://github.com/bluesky-social/proposals/tree/main/0015-json-event-stream">Proposal 0015</a>
 */
public record JsonFrame(@Nullable LexMap payload, @Nullable Error<?> error) {
    /**
     * Reads a frame.
     *
     * @throws InvalidFrameException if it isn't a valid envelope
     */
    public static JsonFrame read(byte[] frame) {
        try {
            return of(LexReader.readJson(frame, ReadOptions.LENIENT, LexReader::readMap));
        } catch (LexException e) {
            throw FrameDecoder.invalid(frame, e);
        }
    }

    private static JsonFrame of(LexMap envelope) {
        String kind = envelope.type();
        if ("error".equals(kind)) {
            return new JsonFrame(null, Error.of(envelope));
        } else if (!"event".equals(kind) && !"message".equals(kind)) {
            // The proposal says "event", but the first server that implements it sends "message".
            return new JsonFrame(null, null);
        } else if (envelope.get("payload") instanceof LexMap payload) {
            return new JsonFrame(payload, null);
        }
        throw new StreamException("the frame has no payload", null);
    }
}
