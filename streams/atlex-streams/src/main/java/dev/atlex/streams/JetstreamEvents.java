package dev.atlex.streams;

import com.atproto.sync.SubscribeRepos;
import dev.atlex.data.Bytes;
import dev.atlex.data.Cid;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
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

/** Decodes the parts of events that both versions of Jetstream have in common. */
final class JetstreamEvents {
    private static final Bytes NO_BLOCKS = Bytes.wrap(new byte[0]);

    private JetstreamEvents() {}

    /**
     * Decodes a text message.
     *
     * @throws InvalidFrameException if it is a binary message, or the function throws an exception
     */
    static Decoded<RepoEvent> decode(byte[] frame, boolean text, Function<byte[], Decoded<RepoEvent>> json) {
        if (!text) {
            throw FrameDecoder.invalid("expected text (got a binary message)", frame, null);
        }
        try {
            return json.apply(frame);
        } catch (LexException e) {
            throw FrameDecoder.invalid(frame, e);
        }
    }

    static Did did(LexMap message) {
        return Did.of(required(message, "did"));
    }

    static IdentityEvent identity(long sequence, Datetime time, LexMap message) {
        SubscribeRepos.Identity identity =
                SubscribeRepos.Identity.CODEC.fromValue(object(message, "identity"), ReadOptions.LENIENT);
        return new IdentityEvent(sequence, did(message), time, identity.handle());
    }

    static AccountEvent account(long sequence, Datetime time, LexMap message) {
        SubscribeRepos.Account account =
                SubscribeRepos.Account.CODEC.fromValue(object(message, "account"), ReadOptions.LENIENT);
        return new AccountEvent(sequence, did(message), time, account.active(), account.status());
    }

    /** @param content the object with the operation: the message itself, or a part of it */
    static CommitEvent commit(long sequence, Datetime time, LexMap message, LexMap content) {
        RecordOperation.Commit commit =
                new RecordOperation.Commit(sequence, did(message), Tid.of(required(content, "rev")), time);
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
