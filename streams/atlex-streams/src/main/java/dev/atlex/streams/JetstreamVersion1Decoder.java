package dev.atlex.streams;

import static dev.atlex.streams.internal.frame.Decoded.NO_SEQUENCE;

import dev.atlex.data.LexInteger;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.ReadOptions;
import dev.atlex.streams.internal.frame.Decoded;
import dev.atlex.streams.internal.frame.FrameDecoder;
import dev.atlex.syntax.Datetime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Decodes the events of a Jetstream of version 1. Their sequence numbers are times in microseconds. */
final class JetstreamVersion1Decoder implements FrameDecoder<RepoEvent> {
    @Override
    public Decoded<RepoEvent> decode(byte[] frame, boolean text) {
        return JetstreamEvents.decode(frame, text, JetstreamVersion1Decoder::decode);
    }

    private static Decoded<RepoEvent> decode(byte[] frame) {
        LexMap message = LexReader.readJson(frame, ReadOptions.LENIENT, LexReader::readMap);
        if (!(message.get("time_us") instanceof LexInteger number)) {
            return new Decoded.Ignored<>(NO_SEQUENCE);
        }
        long sequence = Decoded.requireSequence(number.value());
        Datetime time =
                Datetime.of(Instant.EPOCH.plus(sequence, ChronoUnit.MICROS).toString());
        RepoEvent event = event(sequence, time, message);
        return new Decoded.Event<>(event, event.sequence(), message.getString("did"), time.toString());
    }

    private static RepoEvent event(long sequence, Datetime time, LexMap message) {
        String kind = JetstreamEvents.required(message, "kind");
        return switch (kind) {
            case "commit" -> JetstreamEvents.commit(sequence, time, message, JetstreamEvents.object(message, kind));
            case "identity" -> JetstreamEvents.identity(sequence, time, message);
            case "account" -> JetstreamEvents.account(sequence, time, message);
            default -> new OtherEvent(sequence, "#" + kind, message);
        };
    }
}
