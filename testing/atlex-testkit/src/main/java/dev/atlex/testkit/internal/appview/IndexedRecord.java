package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexMap;
import java.time.Instant;

/**
 * A record in the index.
 *
 * @param did the account that wrote it
 * @param sortTime the time that views call {@code indexedAt}: when the record was indexed or, if that is earlier, the record's
 *     own {@code createdAt}
 * @param order increases with each record written on the server
 */
record IndexedRecord(
        String uri, String did, String collection, String key, String cid, LexMap value, Instant sortTime, long order) {

    Position position() {
        return new Position(sortTime, order);
    }
}
