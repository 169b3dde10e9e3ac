package dev.atlex.bluesky.internal;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds typos in values of open sets. A service may add values at any time, so unknown values are allowed. But a
 * misspelled one would silently match nothing.
 */
public final class Typos {
    private Typos() {}

    /** Returns the known value that was probably meant, or null if the value is known, or doesn't resemble any. */
    public static @Nullable String meant(String value, Collection<String> known) {
        if (known.contains(value)) {
            return null;
        }
        String text = value.strip().toLowerCase(Locale.ROOT);
        for (String candidate : known) {
            if (distance(text, candidate) <= (candidate.length() < 5 ? 1 : 2)) {
                return candidate;
            }
        }
        return null;
    }

    /** Returns the edit distance: the number of characters to insert, delete, replace or swap with their neighbor. */
    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 2) {
            return Integer.MAX_VALUE;
        }
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
