package dev.atlex.client;

import dev.atlex.data.ReadProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of records.
 *
 * @param <T> the records' class
 */
public final class RecordPage<T> {
    private final List<ListedRecord<T>> records;
    private final @Nullable String cursor;
    private final List<ReadProblem> problems;

    /** Creates a page without problems. */
    public RecordPage(List<ListedRecord<T>> records, @Nullable String cursor) {
        this(records, cursor, List.of());
    }

    /**
     * Creates a page.
     *
     * @param records the records in the server's order
     * @param cursor the cursor of the next page, or null for the last page
     * @param problems the problems with the first entries that aren't records at all
     */
    public RecordPage(List<ListedRecord<T>> records, @Nullable String cursor, List<ReadProblem> problems) {
        this.records = List.copyOf(records);
        this.cursor = cursor;
        this.problems = List.copyOf(problems);
    }

    /** Returns the records in the server's order, including those that fail validation. */
    public List<ListedRecord<T>> records() {
        return records;
    }

    /** Returns the cursor of the next page, or null for the last page. */
    public @Nullable String cursor() {
        return cursor;
    }

    /**
     * Returns the problems with the first entries that aren't records at all, for example because they lack a URI.
     * These entries aren't among the records.
     */
    public List<ReadProblem> problems() {
        return problems;
    }

    /** Returns the records that follow their schema. */
    public List<T> values() {
        return records.stream()
                .filter(record -> record instanceof ListedRecord.Valid)
                .map(record -> ((ListedRecord.Valid<T>) record).value())
                .toList();
    }

    @Override
    public String toString() {
        return "RecordPage[records=" + records + ", cursor=" + cursor + ", problems=" + problems + "]";
    }
}
