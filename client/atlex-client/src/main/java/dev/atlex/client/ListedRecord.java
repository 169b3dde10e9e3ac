package dev.atlex.client;

import com.atproto.repo.StrongRef;
import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValidationException;
import dev.atlex.syntax.AtUri;

/**
 * A record in a list of records. It may fail validation, because anyone may write anything into their repository.
 *
 * @param <T> the record's class
 */
public sealed interface ListedRecord<T> {
    /** Returns the record's URI. */
    AtUri uri();

    /** Returns the CID of the record's content. */
    Cid cid();

    /** Returns a reference to this version of the record. */
    default StrongRef ref() {
        return StrongRefs.of(uri(), cid());
    }

    /**
     * A record that follows its schema.
     *
     * @param uri the record's URI
     * @param cid the CID of the record's content
     * @param value the record
     * @param <T> the record's class
     */
    record Valid<T>(AtUri uri, Cid cid, T value) implements ListedRecord<T> {}

    /**
     * A record that fails validation.
     *
     * @param uri the record's URI
     * @param cid the CID of the record's content
     * @param value the record, untyped
     * @param reason the reason why validation failed
     * @param <T> the class of valid records
     */
    record Invalid<T>(AtUri uri, Cid cid, LexMap value, LexValidationException reason) implements ListedRecord<T> {}
}
