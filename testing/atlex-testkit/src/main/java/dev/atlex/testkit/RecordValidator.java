package dev.atlex.testkit;

import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;

/**
 * Gives a {@link LocalPds} the schemas that it does not have by itself, so that it accepts and refuses records as a real
 * server does.
 */
@FunctionalInterface
public interface RecordValidator {
    /**
     * Checks a record before it is written.
     *
     * @param collection the NSID, which is also the record's {@code $type}
     * @param recordKey the key under which it is to be written
     * @return true if the record is valid; false if the type is not known here, so that nothing can be said
     * @throws LexException if the record is not valid; its message ends up in the server's answer
     */
    boolean validate(String collection, String recordKey, LexMap record);
}
