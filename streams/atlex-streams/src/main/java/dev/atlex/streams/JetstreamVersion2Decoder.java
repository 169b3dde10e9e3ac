package dev.atlex.streams;

import static dev.atlex.streams.internal.frame.Decoded.NO_SEQUENCE;

import com.atproto.sync.SubscribeRepos;
import dev.atlex.data.LexInteger;
import dev.atlex.data.LexMap;
import dev.atlex.data.ReadOptions;
import dev.atlex.streams.internal.frame.Decoded;
import dev.atlex.streams.internal.frame.FrameDecoder;
import dev.atlex.streams.internal.frame.JsonFrame;
import dev.atlex.syntax.Datetime;

/** Decodes the events of a Jetstream of version 2. */
final class JetstreamVersion2Decoder implements FrameDecoder<RepoEvent> {
    @Override
    public Decoded<RepoEvent> decode(byte[] frame, boolean text) {
        return JetstreamEvents.decode(frame, text, JetstreamVersion2Decoder::decode);
    }

    private static Decoded<RepoEvent> decode(byte[] bytes) {
        JsonFrame frame = JsonFrame.read(bytes);
        if (frame.error() != null) {
            return new Decoded.Error<>(frame.error().error(), frame.error().message());
        } else if (frame.payload() == null) {
            return new Decoded.Ignored<>(NO_SEQUENCE);
        }
        return message(frame.payload());
    }

    private static Decoded<RepoEvent> message(LexMap message) {
        String type = message.type() == null ? "" : message.type();
        String name = type.substring(type.indexOf('#') + 1);
        if (name.equals("info")) {
            return new Decoded.Info<>(JetstreamEvents.required(message, "name"), message.getString("message"), null);
        } else if (!(message.get("seq") instanceof LexInteger sequence)) {
            return new Decoded.Ignored<>(NO_SEQUENCE);
        } else {
            RepoEvent event = event(Decoded.requireSequence(sequence.value()), name, type, message);
            return new Decoded.Event<>(event, event.sequence(), message.getString("did"), message.getString("time"));
        }
    }

    private static RepoEvent event(long sequence, String name, String type, LexMap message) {
        return switch (name) {
            case "commit" -> JetstreamEvents.commit(sequence, time(message), message, message);
            case "identity" -> JetstreamEvents.identity(sequence, time(message), message);
            case "account" -> JetstreamEvents.account(sequence, time(message), message);
            case "sync" -> {
                SubscribeRepos.Sync sync =
                        SubscribeRepos.Sync.CODEC.fromValue(JetstreamEvents.object(message, name), ReadOptions.LENIENT);
                yield new SyncEvent(sequence, JetstreamEvents.did(message), time(message), sync.rev(), sync.blocks());
            }
            default -> new OtherEvent(sequence, type, message);
        };
    }

    private static Datetime time(LexMap message) {
        return Datetime.of(JetstreamEvents.required(message, "time"));
    }
}
