package dev.atlex.testkit;

import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;

/**
 * Validates records for a {@link LocalPds}, which has no schemas of its own, so that it accepts and rejects records as a
 * real server does. Set it with {@link LocalPdsOptions.Builder#recordValidator}.
 */
@FunctionalInterface
public interface RecordValidator {
    /**
     * Checks a record before it is written.
     *
     * @param collection the NSID, which is also the record's {@code $type}
     * @param recordKey the record key
     * @return true if the record is valid; false if its type is unknown
     * @throws LexException if the record is invalid; the message becomes part of the server's response
     */
    boolean validate(String collection, String recordKey, LexMap record);
}
