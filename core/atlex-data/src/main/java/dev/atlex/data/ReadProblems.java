package dev.atlex.data;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the elements of arrays that reading leaves out because they do not validate. For one read at a time; not safe
 * for use by several threads at once.
 *
 * @see ReadOptions#skippingInvalidItems
 */
public final class ReadProblems {
    /** How many problems are kept; of the rest, only the number. */
    public static final int MAX_KEPT = 100;

    private final List<ReadProblem> kept = new ArrayList<>();
    private long count;

    /** How many failures were described, also those that were forgotten again. */
    private int described;

    /** Creates an empty collection. */
    public ReadProblems() {}

    /** Returns the first {@value #MAX_KEPT} problems, in the order of the document. */
    public List<ReadProblem> kept() {
        return List.copyOf(kept);
    }

    /** Returns how many elements were left out, those beyond {@value #MAX_KEPT} included. */
    public long count() {
        return count;
    }

    /** Whether no more is kept of further problems than their number. */
    public boolean isFull() {
        return kept.size() == MAX_KEPT;
    }

    /** Whether one more failure is to be described: hostile input could bring millions. */
    boolean isWorthDescribing() {
        return !isFull() && described++ < 10 * MAX_KEPT;
    }

    /** Forgets the problems that were added since there were that many. */
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
