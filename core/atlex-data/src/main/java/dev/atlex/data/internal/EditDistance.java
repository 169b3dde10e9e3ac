package dev.atlex.data.internal;

/** Counts typing errors between two words, to suggest known words for mistyped ones. */
public final class EditDistance {
    private EditDistance() {}

    /**
     * Returns the number of characters to insert, delete, replace or swap with their neighbor, or {@code max + 1} if
     * there are more than {@code max}. Words whose lengths differ by more aren't compared, so a long input costs no
     * time.
     */
    public static int within(int max, String a, String b) {
        if (Math.abs(a.length() - b.length()) > max) {
            return max + 1;
        }
        int[][] rows = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    rows[i][j] = i + j;
                    continue;
                }
                int replaced = rows[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                rows[i][j] = Math.min(replaced, 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
                }
            }
        }
        return Math.min(rows[a.length()][b.length()], max + 1);
    }
}
