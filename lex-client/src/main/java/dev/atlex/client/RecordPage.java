package dev.atlex.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of records.
 *
 * @param records in the server's order
 * @param cursor where the next page goes on, or null after the last
 * @param <T> the records' class
 */
public record RecordPage<T>(
        List<ListedRecord<T>> records, @Nullable String cursor) {
    public RecordPage {
        records = List.copyOf(records);
    }

    /** The records that follow their schema. */
    public List<T> values() {
        return records.stream()
                .filter(record -> record instanceof ListedRecord.Valid)
                .map(record -> ((ListedRecord.Valid<T>) record).value())
                .toList();
    }
}
