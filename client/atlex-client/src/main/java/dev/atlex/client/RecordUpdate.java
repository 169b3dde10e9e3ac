package dev.atlex.client;

import com.atproto.repo.PutRecord;
import dev.atlex.client.internal.ExponentialBackoff;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.TransportException;
import dev.atlex.data.Cid;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.RecordType;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.RecordKey;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Changes a record by compare-and-swap: gets it, changes it, and puts it with {@code swapRecord}. Starts over on
 * {@code InvalidSwap}. In each round, one of several writers succeeds, so with jittered backoff all of them eventually
 * do.
 *
 * <p>A server that already has an equal record may return success without a commit and ignore {@code swapRecord}, as
 * the reference server does. This means that another writer has made the same change to the same old record, such as
 * incrementing a count, and this change would be lost. So a missing commit counts as a conflict if the server is known
 * to return commits.
 */
final class RecordUpdate<T extends LexObject> {
    static final int MAX_ATTEMPTS = 10;

    private static final ExponentialBackoff PAUSES =
            new ExponentialBackoff(Duration.ofMillis(50), Duration.ofSeconds(1));

    private final Records records;
    private final TimeSource time;
    private final RecordType<T, ?> type;
    private final AtIdentifier repo;
    private final RecordKey rkey;
    private final WriteOptions options;
    private final Deadline deadline;

    /** @param timeout the time limit for all attempts together */
    RecordUpdate(
            Records records,
            TimeSource time,
            RecordType<T, ?> type,
            AtIdentifier repo,
            WriteOptions options,
            Duration timeout) {
        if (options.swapCommit() != null || options.swapRecord() != null || options.mustNotExist()) {
            throw new IllegalArgumentException("update: swapCommit, swapRecord and mustNotExist are not applicable;"
                    + " an update swaps the record that it has read");
        }
        this.records = records;
        this.time = time;
        this.type = type;
        this.repo = repo;
        this.rkey = Records.keyOf(type, options.rkey());
        this.options = options;
        this.deadline = time.deadline(timeout);
    }

    PutRecord.Output run(UnaryOperator<T> change) {
        for (int attempt = 1; ; attempt++) {
            RecordEntry<T> old = records.get(type, repo, rkey, withTimeLeft());
            Cid cid = old.cid() == null ? old.value().computeCid() : old.cid();
            T changed = Objects.requireNonNull(change.apply(old.value()), "update: the function returned null");
            if (changed.equals(old.value())) {
                return PutRecord.Output.builder().uri(old.uri()).cid(cid).build();
            }
            XrpcResponseException conflict = null;
            try {
                WriteOptions swap = options.toBuilder()
                        .repo(repo)
                        .rkey(rkey)
                        .swapRecord(cid)
                        .call(withTimeLeft())
                        .build();
                PutRecord.Output output = records.put(type, changed, swap).body();
                if (output.commit() != null || !records.serverReturnsCommits()) {
                    return output;
                }
            } catch (XrpcResponseException e) {
                if (!e.is(PutRecord.ERROR_INVALID_SWAP)) {
                    throw e;
                }
                conflict = e;
            }
            Duration pause = PAUSES.after(attempt - 1, time.random());
            if (attempt == MAX_ATTEMPTS || deadline.leftWithin(pause).compareTo(pause) < 0) {
                throw new UpdateConflictException(old.uri(), attempt, conflict);
            }
            sleep(pause, conflict);
        }
    }

    private void sleep(Duration pause, @Nullable XrpcResponseException conflict) {
        try {
            time.sleeper().sleep(pause);
        } catch (TransportException e) {
            XrpcTransportException interrupted = new XrpcTransportException(PutRecord.PROCEDURE, e);
            if (conflict != null) {
                interrupted.addSuppressed(conflict);
            }
            throw interrupted;
        }
    }

    private CallOptions withTimeLeft() {
        Duration left = deadline.left();
        Duration timeout = left == null || left.isZero() ? Duration.ofMillis(1) : left;
        return options.call().toBuilder().timeout(timeout).build();
    }
}
