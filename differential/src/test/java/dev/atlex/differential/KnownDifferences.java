package dev.atlex.differential;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The differences that stay, each with what decides it. {@code docs/differences.md} has the same list in prose. */
final class KnownDifferences {
    /** @param decidedBy the sentence of the specification or the vector that makes Atlex right */
    record Known(String name, Predicate<Disagreement> recognises, String decidedBy) {}

    static final List<Known> ALL = List.of();

    private KnownDifferences() {}

    static @Nullable Known find(Disagreement disagreement) {
        for (Known known : ALL) {
            if (known.recognises().test(disagreement)) {
                return known;
            }
        }
        return null;
    }
}
