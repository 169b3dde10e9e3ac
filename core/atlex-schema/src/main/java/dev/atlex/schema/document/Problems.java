package dev.atlex.schema.document;

import dev.atlex.data.LexDataException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects the problems in a document, so that the first one doesn't hide other problems. */
final class Problems {
    /** A document can have millions of problems; no one reads more than this. */
    private static final int LIMIT = 1000;

    private final List<LexDataException> found = new ArrayList<>();

    /**
     * Runs a part of the parser and records its failure.
     *
     * @return the part's result, or null if it failed
     */
    <T> @Nullable T attempt(Supplier<@Nullable T> part) {
        try {
            return part.get();
        } catch (LexDataException e) {
            add(e);
            return null;
        }
    }

    void add(LexDataException problem) {
        if (found.size() < LIMIT) {
            found.add(problem);
        }
    }

    /** Returns the problems in the order in which the parser found them. */
    List<LexDataException> found() {
        return List.copyOf(found);
    }
}
