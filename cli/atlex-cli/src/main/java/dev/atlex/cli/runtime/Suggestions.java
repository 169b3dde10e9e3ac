package dev.atlex.cli.runtime;

import dev.atlex.data.internal.EditDistance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the names that a user may have meant. */
public final class Suggestions {
    /** The maximum number of suggestions. More wouldn't help. */
    private static final int MAX = 3;

    private Suggestions() {}

    /** Returns {@code "; did you mean …?"} with the given names, or an empty String if there are none. */
    public static String question(List<String> names) {
        if (names.isEmpty()) {
            return "";
        }
        int last = names.size() - 1;
        String all = last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
        return "; did you mean " + all + "?";
    }

    /**
     * Returns the names that start with the typed one or differ from it by a few typos, the closest first; at most 3.
     */
    public static List<String> closest(String typed, Collection<String> names) {
        String lower = typed.toLowerCase(Locale.ROOT);
        int limit = lower.length() < 4 ? 1 : lower.length() < 9 ? 2 : 3;
        record Match(String name, int distance) {}
        List<Match> matches = new ArrayList<>();
        for (String name : names) {
            String candidate = name.toLowerCase(Locale.ROOT);
            boolean begins = lower.length() >= 3 && candidate.startsWith(lower);
            int distance = begins ? 1 : EditDistance.within(limit, lower, candidate);
            if (distance <= limit) {
                matches.add(new Match(name, distance));
            }
        }
        return matches.stream()
                .sorted(Comparator.comparingInt(Match::distance))
                .limit(MAX)
                .map(Match::name)
                .toList();
    }
}
