package dev.atlex.bluesky.internal.action;

import dev.atlex.bluesky.internal.MissingRecord;
import dev.atlex.bluesky.internal.RepeatableCalls;
import dev.atlex.client.Client;
import dev.atlex.client.ListedRecord;
import dev.atlex.client.RecordPage;
import dev.atlex.client.WriteOptions;
import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.data.LexMap;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.RecordType;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import org.jspecify.annotations.Nullable;

/**
 * Records of which an account has at most one per subject: likes, reposts, follows, blocks, list members.
 *
 * <p>The protocol lets an account have several such records, under different keys. Three things prevent that:
 *
 * <ul>
 *   <li>The AppView returns the record that another app has created. The AppView lags behind creates and deletes, so
 *       the record is also looked up in the account's repository before it is used.
 *   <li>The record key is derived from the subject, so a second attempt or a second process finds the first record.
 *   <li>When a record is created, the reference server deletes the records for the same subject under other keys. That
 *       covers the seconds in which the AppView doesn't yet have a record from another app. Other servers may keep both
 *       records. The AppView counts them once, and {@link #delete} removes both.
 * </ul>
 */
public final class SubjectRecords {
    private static final int PAGE = 100;

    private final Client client;
    private final RecordType<? extends LexObject, ?> type;
    private final Nsid collection;

    /** @param client a client of the account */
    public SubjectRecords(Client client, RecordType<? extends LexObject, ?> type) {
        this.client = client.with(o -> o.idempotentCreates(true));
        this.type = type;
        this.collection = type.collection();
    }

    /**
     * Returns the account's record for a subject. Creates it if there is none.
     *
     * @param known the record according to the AppView, or null
     */
    public AtUri create(RecordSubject subject, @Nullable AtUri known, LexObject record) {
        RecordKey knownKey = known == null ? null : known.recordKey();
        if (known != null && knownKey != null && find(knownKey, subject) == Found.SAME) {
            return known;
        }
        RecordKey key = subject.key().toRecordKey();
        return switch (find(key, subject)) {
            case SAME -> uri(key);
            case OTHER -> create(record, WriteOptions.DEFAULTS);
            case NONE -> create(subject, key, record);
        };
    }

    private AtUri create(RecordSubject subject, RecordKey key, LexObject record) {
        try {
            return create(record, WriteOptions.of(o -> o.rkey(key)));
        } catch (XrpcException e) {
            // Another process has created the record in the meantime, with a different time.
            if (find(key, subject) == Found.SAME) {
                return uri(key);
            }
            throw e;
        }
    }

    private AtUri create(LexObject record, WriteOptions options) {
        return client.createRecord(record.toLexMap(), options).body().uri();
    }

    /**
     * Deletes the account's records for a subject. Does nothing if there are none.
     *
     * @param known the record according to the AppView, or null
     * @param lookedUp whether the AppView returned the state of the subject; if not, all records of the account may be
     *     read
     */
    public void delete(RecordSubject subject, @Nullable AtUri known, boolean lookedUp) {
        RecordKey knownKey = known == null ? null : known.recordKey();
        if (knownKey != null) {
            delete(knownKey);
        }
        RecordKey key = subject.key().toRecordKey();
        if (!key.equals(knownKey) && find(key, subject) == Found.SAME) {
            delete(key);
        }
        // Another app may have just created a record, under a key with the current time.
        for (RecordPage<? extends LexObject> page : client.listAll(type, o -> o.limit(PAGE))) {
            boolean found = false;
            for (ListedRecord<? extends LexObject> listed : page.records()) {
                RecordKey rkey = listed.uri().recordKey();
                if (rkey != null && !rkey.equals(knownKey) && !rkey.equals(key) && subject.matches(record(listed))) {
                    delete(rkey);
                    found = true;
                }
            }
            if (lookedUp || found) {
                return;
            }
        }
    }

    private static LexMap record(ListedRecord<? extends LexObject> listed) {
        return listed instanceof ListedRecord.Valid<? extends LexObject> valid
                ? valid.value().toLexMap()
                : ((ListedRecord.Invalid<?>) listed).value();
    }

    private void delete(RecordKey key) {
        client.deleteRecord(collection, key, WriteOptions.of(o -> o.call(RepeatableCalls.options(client))));
    }

    /** The kind of record that exists under a record key. */
    private enum Found {
        NONE,
        SAME,
        OTHER
    }

    private Found find(RecordKey key, RecordSubject subject) {
        try {
            LexMap record = client.getRecord(client.requireDid(), collection, key, null)
                    .body()
                    .value();
            return subject.matches(record) ? Found.SAME : Found.OTHER;
        } catch (XrpcResponseException e) {
            if (e.status() == 400 || MissingRecord.is(e)) {
                return Found.NONE;
            }
            throw e;
        }
    }

    private AtUri uri(RecordKey key) {
        return AtUri.of(client.requireDid(), collection, key);
    }
}
