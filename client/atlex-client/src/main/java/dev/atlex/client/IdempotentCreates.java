package dev.atlex.client;

import com.atproto.repo.ApplyWrites;
import com.atproto.repo.ApplyWrites.Input.WritesItem;
import com.atproto.repo.ApplyWrites.Output.ResultsItem;
import com.atproto.repo.CreateRecord;
import com.atproto.repo.GetRecord;
import dev.atlex.client.internal.OutcomeCheck;
import dev.atlex.client.transport.Deadline;
import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import dev.atlex.schema.Method;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import dev.atlex.syntax.Tid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds out whether a create under a known key has succeeded, by reading the record under that key. */
final class IdempotentCreates {
    private final Records records;
    private final AtIdentifier repo;
    private final CallOptions options;

    /** @param options the options for the create */
    IdempotentCreates(Records records, AtIdentifier repo, CallOptions options) {
        this.records = records;
        this.repo = repo;
        this.options = options;
    }

    OutcomeCheck<XrpcResponse<CreateRecord.Output>> ofRecord(Nsid collection, RecordKey rkey, LexMap record) {
        return (failure, timeLeft) -> {
            XrpcResponse<GetRecord.Output> found = find(collection, rkey, timeLeft);
            if (found == null) {
                return null;
            }
            Cid cid = check(CreateRecord.PROCEDURE, found.body(), record, failure);
            return with(
                    found,
                    CreateRecord.Output.builder()
                            .uri(found.body().uri())
                            .cid(cid)
                            .build());
        };
    }

    /**
     * Either all of the writes take effect, or none do. So a record whose key was generated for the batch proves that
     * all of them happened, because nothing else can have created it. Without such a record, all of them must exist.
     */
    OutcomeCheck<XrpcResponse<ApplyWrites.Output>> of(Batch batch) {
        OutcomeCheck<XrpcResponse<ApplyWrites.Output>> check = (failure, timeLeft) -> {
            XrpcResponse<GetRecord.Output> first = null;
            Deadline deadline = records.deadline(timeLeft);
            for (ApplyWrites.Create witness : batch.witnesses()) {
                if (deadline.isOver()) {
                    throw failure;
                }
                XrpcResponse<GetRecord.Output> found = find(
                        witness.collection(), Objects.requireNonNull(witness.rkey()), deadline.leftWithin(timeLeft));
                if (found == null) {
                    if (first == null) {
                        return null;
                    }
                    // The server will always refuse the batch, because some of its records exist.
                    throw conflict(ApplyWrites.PROCEDURE, first.body(), failure);
                }
                check(ApplyWrites.PROCEDURE, found.body(), stored(witness), failure);
                first = first == null ? found : first;
            }
            return results(batch, Objects.requireNonNull(first));
        };
        return batch.keysAreGiven() ? OutcomeCheck.fromFirstAttempt(check) : check;
    }

    private static XrpcResponse<ApplyWrites.Output> results(Batch batch, XrpcResponse<GetRecord.Output> found) {
        AtIdentifier authority = found.body().uri().authority();
        return with(
                found,
                ApplyWrites.Output.builder()
                        .results(batch.creates().stream()
                                .map(create -> result(authority, create))
                                .toList())
                        .build());
    }

    private static ResultsItem result(AtIdentifier authority, ApplyWrites.Create create) {
        return ResultsItem.of(ApplyWrites.CreateResult.builder()
                .uri(AtUri.of(authority, create.collection(), Objects.requireNonNull(create.rkey())))
                .cid(stored(create).cid())
                .build());
    }

    /** Returns the record with its {@code $type}, as the server stores it. */
    private static LexMap stored(ApplyWrites.Create create) {
        LexMap value = create.value();
        return value.type() == null
                ? value.toBuilder().put("$type", create.collection().toString()).build()
                : value;
    }

    /**
     * Returns the record under this key, or null if it doesn't exist. Also returns null if the server refuses the read,
     * because a create may still succeed.
     */
    private @Nullable XrpcResponse<GetRecord.Output> find(Nsid collection, RecordKey rkey, Duration timeLeft) {
        try {
            return records.get(repo, collection, rkey, null, DerivedOptions.forOutcomeCheck(options, timeLeft));
        } catch (XrpcResponseException e) {
            if (e.retryable()) {
                throw e;
            }
            return null;
        }
    }

    /** Returns the CID of the existing record if its value equals the one to create. */
    private static Cid check(Method<?> method, GetRecord.Output found, LexMap record, XrpcException failure) {
        if (!record.equals(found.value())) {
            throw conflict(method, found, failure);
        }
        Cid cid = found.cid();
        return cid == null ? record.cid() : cid;
    }

    private static RecordConflictException conflict(Method<?> method, GetRecord.Output found, XrpcException failure) {
        return new RecordConflictException(method, found.uri(), found.cid(), failure);
    }

    private static <T> XrpcResponse<T> with(XrpcResponse<?> found, T body) {
        return found.with(body);
    }

    /**
     * Writes whose outcome can be checked.
     *
     * @param creates all of the writes, each with a key
     * @param witnesses the creates whose records prove that the batch succeeded: the first one with a key that was
     *     generated here, or all of them
     */
    record Batch(List<ApplyWrites.Create> creates, List<ApplyWrites.Create> witnesses) {
        /** Returns null if there are no writes, or if some aren't creates. */
        static @Nullable Batch of(List<WritesItem> writes) {
            List<ApplyWrites.Create> creates = new ArrayList<>();
            ApplyWrites.Create witness = null;
            for (WritesItem write : writes) {
                if (!(write instanceof WritesItem.Create item)) {
                    return null;
                }
                ApplyWrites.Create create = item.value();
                if (create.rkey() == null) {
                    create = create.toBuilder().rkey(Tid.next().toRecordKey()).build();
                    witness = witness == null ? create : witness;
                }
                creates.add(create);
            }
            if (creates.isEmpty()) {
                return null;
            }
            List<ApplyWrites.Create> all = List.copyOf(creates);
            return new Batch(all, witness == null ? all : List.of(witness));
        }

        /** Returns whether the caller chose all keys. If so, the records may have existed before. */
        boolean keysAreGiven() {
            return witnesses == creates;
        }

        List<WritesItem> writes() {
            return creates.stream().map(WritesItem::of).toList();
        }
    }
}
