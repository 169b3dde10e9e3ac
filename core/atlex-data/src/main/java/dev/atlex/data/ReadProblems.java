package dev.atlex.data;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects array elements that a reader leaves out because they are invalid. Use it for one read at a time; not safe
 * for use by multiple threads.
 *
 * @see ReadOptions#skippingInvalidItems
 */
public final class ReadProblems {
    /** The maximum number of problems kept; the rest are only counted. */
    public static final int MAX_KEPT = 100;

    private final List<ReadProblem> kept = new ArrayList<>();
    private long count;

    /** The number of failures described, including discarded ones. */
    private int described;

    /** Creates an empty collection. */
    public ReadProblems() {}

    /** Returns the first problems, at most {@value #MAX_KEPT}, in the order of the document. */
    public List<ReadProblem> kept() {
        return List.copyOf(kept);
    }

    /** Returns the number of elements left out, including those beyond {@value #MAX_KEPT}. */
    public long count() {
        return count;
    }

    /** Returns whether {@value #MAX_KEPT} problems are kept; further ones are only counted. */
    public boolean isFull() {
        return kept.size() == MAX_KEPT;
    }

    /** Returns whether to describe one more failure; hostile input can cause millions. */
    boolean isWorthDescribing() {
        return !isFull() && described++ < 10 * MAX_KEPT;
    }

    /** Discards problems until the given number remains. */
    void reset(long countBefore) {
        count = countBefore;
        while (kept.size() > countBefore) {
            kept.remove(kept.size() - 1);
        }
    }

    void add(@Nullable LexValidationException failure, LexValue value) {
        count++;
        if (failure != null && !isFull()) {
            kept.add(new ReadProblem(failure.path(), String.valueOf(failure.getMessage()), value));
        }
    }
}
