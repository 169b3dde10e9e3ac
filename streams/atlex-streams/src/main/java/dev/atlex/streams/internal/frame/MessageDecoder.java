package dev.atlex.streams.internal.frame;

import static dev.atlex.streams.internal.frame.Decoded.NO_SEQUENCE;

import dev.atlex.data.LexException;
import dev.atlex.data.LexInteger;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexString;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.Codec;
import dev.atlex.schema.Subscription;
import dev.atlex.streams.StreamMessage;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the messages of any subscription. Binary frames are {@code xrpc.v0.cbor}, and text frames
 * {@code xrpc.v1.json}. The body is first parsed as an untyped tree, because the sequence number and the account are
 * found by field name; the generated classes have no common accessors for them.
 *
 * @param <M> the type of the messages
 */
public final class MessageDecoder<M> implements FrameDecoder<StreamMessage<M>> {
    private static final String INFO = "#info";

    private final String nsid;
    private final Codec<M> codec;

    /** Creates a decoder. */
    public MessageDecoder(Subscription<?, ?, M> subscription) {
        this.nsid = subscription.nsid();
        this.codec = subscription.message();
    }

    @Override
    public Decoded<StreamMessage<M>> decode(byte[] frame, boolean text) {
        try {
            return text ? json(frame) : cbor(frame);
        } catch (LexException e) {
            throw FrameDecoder.invalid(frame, e);
        }
    }

    private Decoded<StreamMessage<M>> cbor(byte[] bytes) {
        CborFrame frame = CborFrame.read(bytes);
        if (frame.error() != null) {
            return new Decoded.Error<>(frame.error().error(), frame.error().message());
        } else if (frame.type() == null) {
            return new Decoded.Ignored<>(NO_SEQUENCE);
        }
        String type = frame.type().startsWith("#") ? nsid + frame.type() : frame.type();
        LexMap body = LexReader.readCbor(frame.body(), ReadOptions.LENIENT, LexReader::readMap);
        return message(type, body);
    }

    private Decoded<StreamMessage<M>> json(byte[] bytes) {
        JsonFrame frame = JsonFrame.read(bytes);
        LexMap payload = frame.payload();
        if (frame.error() != null) {
            return new Decoded.Error<>(frame.error().error(), frame.error().message());
        } else if (payload == null) {
            return new Decoded.Ignored<>(NO_SEQUENCE);
        }
        String type = payload.type();
        if (type == null) {
            throw FrameDecoder.invalid("the payload has no $type", bytes, null);
        }
        return message(type, payload);
    }

    private Decoded<StreamMessage<M>> message(String type, LexMap body) {
        LexMap typed = type.equals(body.type()) ? body : withType(type, body);
        M message = codec.fromValue(typed, ReadOptions.LENIENT);
        if (body.get("seq") instanceof LexInteger sequence) {
            Decoded.requireSequence(sequence.value());
            return new Decoded.Event<>(
                    new StreamMessage<>(OptionalLong.of(sequence.value()), message),
                    sequence.value(),
                    account(body),
                    body.getString("time"));
        }
        StreamMessage<M> event = new StreamMessage<>(OptionalLong.empty(), message);
        return type.equals(nsid + INFO) && body.get("name") instanceof LexString name
                ? new Decoded.Info<>(name.value(), body.getString("message"), event)
                : new Decoded.Event<>(event, NO_SEQUENCE, account(body), body.getString("time"));
    }

    private static LexMap withType(String type, LexMap body) {
        LexMap.Builder typed = LexMap.builder().put("$type", type);
        body.forEach((name, value) -> {
            if (!name.equals("$type")) {
                typed.put(name, value);
            }
        });
        return typed.build();
    }

    private static @Nullable String account(LexMap body) {
        String did = body.getString("did");
        return did == null ? body.getString("repo") : did;
    }
}
