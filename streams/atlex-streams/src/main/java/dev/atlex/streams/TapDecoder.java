package dev.atlex.streams;

import static dev.atlex.streams.JetstreamEvents.object;
import static dev.atlex.streams.JetstreamEvents.required;
import static dev.atlex.streams.internal.frame.Decoded.NO_SEQUENCE;

import dev.atlex.data.Cid;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.ReadOptions;
import dev.atlex.streams.internal.frame.Decoded;
import dev.atlex.streams.internal.frame.FrameDecoder;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import dev.atlex.syntax.Tid;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the events of a Tap.
 *
 * @see <a href="https://github.com/bluesky-social/indigo/tree/main/cmd/tap">Tap</a>
 */
final class TapDecoder implements FrameDecoder<TapEvent> {
    @Override
    public Decoded<TapEvent> decode(byte[] frame, boolean text) {
        TapEvent event = event(frame);
        Did did = event.did();
        // Ids aren't sequence numbers: events may arrive in any order, and again.
        return new Decoded.Event<>(event, NO_SEQUENCE, did == null ? null : did.toString(), null);
    }

    /**
     * Decodes an event.
     *
     * @throws InvalidFrameException if it is invalid
     */
    static TapEvent event(byte[] json) {
        try {
            return event(LexReader.readJson(json, ReadOptions.LENIENT, LexReader::readMap));
        } catch (LexException e) {
            throw FrameDecoder.invalid(json, e);
        }
    }

    private static TapEvent event(LexMap event) {
        Long id = event.getInteger("id");
        if (id == null || id < 0) {
            throw new StreamException("expected an integer that isn't negative in the field id", null);
        }
        String type = required(event, "type");
        return switch (type) {
            case "record" -> record(id, object(event, type));
            case "identity" -> identity(id, object(event, type));
            default -> new TapOtherEvent(id, type, event);
        };
    }

    private static TapEvent record(long id, LexMap content) {
        String cid = content.getString("cid");
        return new TapRecordEvent(
                id,
                Boolean.TRUE.equals(content.getBoolean("live")),
                Did.of(required(content, "did")),
                Tid.of(required(content, "rev")),
                required(content, "action"),
                Nsid.of(required(content, "collection")) + "/" + RecordKey.of(required(content, "rkey")),
                cid == null || cid.isEmpty() ? null : Cid.of(cid),
                new JsonRecord(content.getMap("record")));
    }

    private static TapEvent identity(long id, LexMap content) {
        return new TapIdentityEvent(
                id,
                Did.of(required(content, "did")),
                handle(content.getString("handle")),
                Boolean.TRUE.equals(content.getBoolean("is_active")),
                required(content, "status"));
    }

    private static @Nullable Handle handle(@Nullable String handle) {
        return handle != null && Handle.isValid(handle) && !handle.equals("handle.invalid") ? Handle.of(handle) : null;
    }
}
