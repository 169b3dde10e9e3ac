package dev.atlex.client;

import dev.atlex.data.ReadProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of records.
 *
 * @param records in the server's order
 * @param cursor where the next page goes on, or null after the last
 * @param problems the first entries of the page that are no records at all, such as those without a URI, and that are not
 *     among the records
 * @param <T> the records' class
 */
public record RecordPage<T>(
        List<ListedRecord<T>> records, @Nullable String cursor, List<ReadProblem> problems) {
    public RecordPage {
        records = List.copyOf(records);
        problems = List.copyOf(problems);
    }

    /** Creates a page without problems. */
    public RecordPage(List<ListedRecord<T>> records, @Nullable String cursor) {
        this(records, cursor, List.of());
    }

    /** The records that follow their schema. */
    public List<T> values() {
        return records.stream()
                .filter(record -> record instanceof ListedRecord.Valid)
                .map(record -> ((ListedRecord.Valid<T>) record).value())
                .toList();
    }
}
