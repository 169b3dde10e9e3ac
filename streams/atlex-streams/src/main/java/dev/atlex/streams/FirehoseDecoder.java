package dev.atlex.streams;

import static dev.atlex.streams.internal.frame.Decoded.NO_SEQUENCE;

import com.atproto.sync.SubscribeRepos;
import com.atproto.sync.SubscribeRepos.RepoOp;
import dev.atlex.data.LexException;
import dev.atlex.data.LexInteger;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.ReadOptions;
import dev.atlex.data.internal.Excerpt;
import dev.atlex.streams.internal.frame.CborFrame;
import dev.atlex.streams.internal.frame.CborValues;
import dev.atlex.streams.internal.frame.Decoded;
import dev.atlex.streams.internal.frame.FrameDecoder;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import java.util.ArrayList;
import java.util.List;

/** Decodes the events of a firehose, without the records. */
final class FirehoseDecoder implements FrameDecoder<RepoEvent> {
    private static final int MAX_TYPE = 100;

    private final RepoFilter filter;

    FirehoseDecoder(RepoFilter filter) {
        this.filter = filter;
    }

    @Override
    public Decoded<RepoEvent> decode(byte[] bytes, boolean text) {
        if (text) {
            throw FrameDecoder.invalid("expected a binary message (got text)", bytes, null);
        }
        CborFrame frame = CborFrame.read(bytes);
        if (frame.error() != null) {
            return new Decoded.Error<>(frame.error().error(), frame.error().message());
        } else if (frame.type() == null) {
            return new Decoded.Ignored<>(NO_SEQUENCE);
        }
        try {
            return decode(frame.type(), frame.body());
        } catch (LexException e) {
            throw FrameDecoder.invalid(Excerpt.head(frame.type(), MAX_TYPE) + ": " + e.getMessage(), bytes, e);
        }
    }

    private Decoded<RepoEvent> decode(String type, byte[] body) {
        return switch (type.substring(type.indexOf('#') + 1)) {
            case "commit" -> commit(CborValues.read(body, SubscribeRepos.Commit.CODEC::read));
            case "sync" -> {
                SubscribeRepos.Sync sync = CborValues.read(body, SubscribeRepos.Sync.CODEC::read);
                yield event(new SyncEvent(sync.seq(), sync.did(), sync.time(), sync.rev(), sync.blocks()));
            }
            case "identity" -> {
                SubscribeRepos.Identity identity = CborValues.read(body, SubscribeRepos.Identity.CODEC::read);
                yield event(new IdentityEvent(identity.seq(), identity.did(), identity.time(), identity.handle()));
            }
            case "account" -> {
                SubscribeRepos.Account account = CborValues.read(body, SubscribeRepos.Account.CODEC::read);
                yield event(new AccountEvent(
                        account.seq(), account.did(), account.time(), account.active(), account.status()));
            }
            case "info" -> {
                SubscribeRepos.Info info = CborValues.read(body, SubscribeRepos.Info.CODEC::read);
                yield new Decoded.Info<>(info.name(), info.message(), null);
            }
            default -> other(type, body);
        };
    }

    @SuppressWarnings("deprecation") // old servers still set tooBig
    private Decoded<RepoEvent> commit(SubscribeRepos.Commit commit) {
        Decoded.requireSequence(commit.seq());
        if (!filter.acceptsDid(commit.repo())) {
            return new Decoded.Ignored<>(commit.seq());
        }
        RecordOperation.Commit common =
                new RecordOperation.Commit(commit.seq(), commit.repo(), commit.rev(), commit.time());
        CarRecords records = new CarRecords(commit.blocks());
        List<RecordOperation> operations = new ArrayList<>(commit.ops().size());
        for (RepoOp op : commit.ops()) {
            String path = op.path();
            int slash = path.indexOf('/');
            String collection = slash < 0 ? path : path.substring(0, slash);
            if (filter.acceptsCollection(collection)) {
                requireValid(path, slash, collection);
                operations.add(new RecordOperation(common, op.action(), path, op.cid(), records));
            }
        }
        if (operations.isEmpty() && filter.hasCollections() && !commit.tooBig()) {
            return new Decoded.Ignored<>(commit.seq());
        }
        return event(new CommitEvent(common, operations, commit.tooBig(), commit.blocks()));
    }

    private static void requireValid(String path, int slash, String collection) {
        if (slash < 0 || !Nsid.isValid(collection) || !RecordKey.isValid(path.substring(slash + 1))) {
            throw new StreamException(
                    "expected a path of a collection and a record key (got " + Excerpt.quote(path) + ")", null);
        }
    }

    private Decoded<RepoEvent> other(String type, byte[] body) {
        LexMap value = LexReader.readCbor(body, ReadOptions.LENIENT, LexReader::readMap);
        if (!(value.get("seq") instanceof LexInteger sequence)) {
            return new Decoded.Ignored<>(NO_SEQUENCE);
        }
        OtherEvent event = new OtherEvent(Decoded.requireSequence(sequence.value()), type, value);
        return event.did() == null
                ? new Decoded.Event<>(event, event.sequence(), null, value.getString("time"))
                : event(event);
    }

    private Decoded<RepoEvent> event(RepoEvent event) {
        Decoded.requireSequence(event.sequence());
        return event.did() != null && !filter.acceptsDid(event.did())
                ? new Decoded.Ignored<>(event.sequence())
                : new Decoded.Event<>(
                        event,
                        event.sequence(),
                        String.valueOf(event.did()),
                        event.time() == null ? null : event.time().toString());
    }
}
