package dev.atlex.cli.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Finds the names that a user may have meant. */
public final class Suggestions {
    /** The maximum number of suggestions. More would not help. */
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
            int distance = begins ? 1 : distance(lower, candidate);
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

    /** Returns the number of typos between two words: characters inserted, left out, replaced, or swapped with the next. */
    static int distance(String a, String b) {
        int[][] rows = new int[a.length() + 1][];
        rows[0] = IntStream.rangeClosed(0, b.length()).toArray();
        for (int i = 1; i <= a.length(); i++) {
            rows[i] = new int[b.length() + 1];
            rows[i][0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = rows[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                rows[i][j] = Math.min(replaced, 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
                }
            }
        }
        return rows[a.length()][b.length()];
    }
}
