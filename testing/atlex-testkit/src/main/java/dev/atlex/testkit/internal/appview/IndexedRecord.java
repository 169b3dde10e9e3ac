package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexMap;
import java.time.Instant;

/**
 * A record in the index.
 *
 * @param did the account that wrote it
 * @param sortTime the {@code indexedAt} in views, which is the time when the record was indexed or, if that is earlier,
 *     the record's {@code createdAt}
 * @param order a number that increases with each record written on the server
 */
record IndexedRecord(
        String uri, String did, String collection, String key, String cid, LexMap value, Instant sortTime, long order) {

    Position position() {
        return new Position(sortTime, order);
    }
}
