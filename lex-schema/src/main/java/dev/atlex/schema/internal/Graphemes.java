package dev.atlex.schema.internal;

public final class Graphemes {
    public static int count(String s) {
        return s.codePointCount(0, s.length());
    }

    public static boolean exceeds(String s, int m) {
        return count(s) > m;
    }

    private Graphemes() {}
}
