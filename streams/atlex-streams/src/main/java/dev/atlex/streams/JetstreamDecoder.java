package dev.atlex.streams;

import static dev.atlex.streams.internal.frame.Decoded.NO_SEQUENCE;

import com.atproto.sync.SubscribeRepos;
import dev.atlex.data.Bytes;
import dev.atlex.data.Cid;
import dev.atlex.data.LexException;
import dev.atlex.data.LexInteger;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.ReadOptions;
import dev.atlex.streams.internal.frame.Decoded;
import dev.atlex.streams.internal.frame.FrameDecoder;
import dev.atlex.syntax.Datetime;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import dev.atlex.syntax.Tid;
import java.util.List;
import java.util.function.Function;

/** Decodes the events of a Jetstream (version 2): JSON that contains the records. */
final class JetstreamDecoder implements FrameDecoder<RepoEvent> {
    private static final Bytes NO_BLOCKS = Bytes.wrap(new byte[0]);

    @Override
    public Decoded<RepoEvent> decode(byte[] frame, boolean text) {
        return decode(frame, text, JetstreamDecoder::decode);
    }

    /** Decodes a frame of either version. */
    static Decoded<RepoEvent> decode(byte[] frame, boolean text, Function<LexMap, Decoded<RepoEvent>> message) {
        try {
            if (!text) {
                throw new StreamException("expected text (got a binary message)", null);
            }
            return message.apply(LexReader.readJson(frame, ReadOptions.LENIENT, LexReader::readMap));
        } catch (LexException e) {
            throw new InvalidFrameException("decode frame: " + e.getMessage(), Bytes.wrap(frame), e);
        }
    }

    private static Decoded<RepoEvent> decode(LexMap envelope) {
        String kind = envelope.type();
        if ("error".equals(kind)) {
            return new Decoded.Error<>(required(envelope, "error"), envelope.getString("message"));
        } else if (!"event".equals(kind) && !"message".equals(kind)) {
            return new Decoded.Ignored<>(NO_SEQUENCE);
        }
        LexMap payload = object(envelope, "payload");
        String type = payload.type() == null ? "" : payload.type();
        String name = type.substring(type.indexOf('#') + 1);
        if (name.equals("info")) {
            return new Decoded.Info<>(required(payload, "name"), payload.getString("message"), null);
        } else if (!(payload.get("seq") instanceof LexInteger sequence) || sequence.value() < 0) {
            return new Decoded.Ignored<>(NO_SEQUENCE);
        } else {
            RepoEvent event = event(sequence.value(), name, type, payload);
            return new Decoded.Event<>(event, event.sequence(), payload.getString("did"), payload.getString("time"));
        }
    }

    private static RepoEvent event(long sequence, String name, String type, LexMap payload) {
        return switch (name) {
            case "commit" -> commit(sequence, did(payload), time(payload), payload);
            case "identity" -> identity(sequence, did(payload), time(payload), object(payload, name));
            case "account" -> account(sequence, did(payload), time(payload), object(payload, name));
            case "sync" -> {
                SubscribeRepos.Sync sync =
                        SubscribeRepos.Sync.CODEC.fromValue(object(payload, name), ReadOptions.LENIENT);
                yield new SyncEvent(sequence, did(payload), time(payload), sync.rev(), sync.blocks());
            }
            default -> new OtherEvent(sequence, type, payload);
        };
    }

    static Did did(LexMap payload) {
        return Did.of(required(payload, "did"));
    }

    private static Datetime time(LexMap payload) {
        return Datetime.of(required(payload, "time"));
    }

    static IdentityEvent identity(long sequence, Did did, Datetime time, LexMap content) {
        SubscribeRepos.Identity identity = SubscribeRepos.Identity.CODEC.fromValue(content, ReadOptions.LENIENT);
        return new IdentityEvent(sequence, did, time, identity.handle());
    }

    static AccountEvent account(long sequence, Did did, Datetime time, LexMap content) {
        SubscribeRepos.Account account = SubscribeRepos.Account.CODEC.fromValue(content, ReadOptions.LENIENT);
        return new AccountEvent(sequence, did, time, account.active(), account.status());
    }

    static CommitEvent commit(long sequence, Did did, Datetime time, LexMap content) {
        RecordOperation.Commit commit =
                new RecordOperation.Commit(sequence, did, Tid.of(required(content, "rev")), time);
        String path = Nsid.of(required(content, "collection")) + "/" + RecordKey.of(required(content, "rkey"));
        String cid = content.getString("cid");
        RecordOperation operation = new RecordOperation(
                commit,
                required(content, "operation"),
                path,
                cid == null ? null : Cid.of(cid),
                new JsonRecord(content.get("record") instanceof LexMap record ? record : null));
        return new CommitEvent(commit, List.of(operation), false, NO_BLOCKS);
    }

    static String required(LexMap map, String name) {
        String value = map.getString(name);
        if (value == null) {
            throw new StreamException("expected a string in the field " + name, null);
        }
        return value;
    }

    static LexMap object(LexMap map, String name) {
        if (map.get(name) instanceof LexMap value) {
            return value;
        }
        throw new StreamException("expected an object in the field " + name, null);
    }
}
