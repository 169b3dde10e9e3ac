package dev.atlex.testkit;

import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.lexicon.BundledRecords;

/**
 * Validates the records that are written to a {@link LocalPds}. Set it with
 * {@link LocalPdsOptions.Builder#recordValidator}.
 *
 * <p>To support more record types, check those first and delegate all others:
 *
 * <pre>{@code
 * RecordValidator bundled = RecordValidator.bundled();
 * LocalPds pds = LocalPds.start(o -> o.recordValidator((collection, key, record) ->
 *         collection.equals("com.example.note") ? checkNote(record) : bundled.validate(collection, key, record)));
 * }</pre>
 */
@FunctionalInterface
public interface RecordValidator {
    /**
     * Checks a record before it is written. It isn't called for requests with {@code validate: false}.
     *
     * @param collection the NSID, which is also the record's {@code $type}
     * @param recordKey the record key
     * @return true if the record is valid; false if its type is unknown
     * @throws LexException if the record is invalid; the message becomes part of the server's response
     */
    boolean validate(String collection, String recordKey, LexMap record);

    /**
     * Returns the default validator. It checks records and their keys against the schemas of {@code app.bsky},
     * {@code chat.bsky} and {@code com.atproto}, and rejects invalid ones with the reference server's messages.
     */
    static RecordValidator bundled() {
        return BundledRecords::validate;
    }

    /**
     * Returns a validator that knows no record types: the server accepts every record with the validation status
     * {@code unknown} and rejects requests with {@code validate: true}.
     */
    static RecordValidator none() {
        return (collection, recordKey, record) -> false;
    }
}
