package dev.atlex.client;

import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValidationException;
import dev.atlex.syntax.AtUri;

/**
 * A record of a list: anybody may write anything into their repository, so it may follow its schema or not.
 *
 * @param <T> the record's class
 */
public sealed interface ListedRecord<T> {
    /** Where it is. */
    AtUri uri();

    /** Of which content. */
    Cid cid();

    /** A record that follows its schema. */
    record Valid<T>(AtUri uri, Cid cid, T value) implements ListedRecord<T> {}

    /**
     * A record that does not.
     *
     * @param value as it is
     * @param reason what is wrong with it
     */
    record Invalid<T>(AtUri uri, Cid cid, LexMap value, LexValidationException reason) implements ListedRecord<T> {}
}
