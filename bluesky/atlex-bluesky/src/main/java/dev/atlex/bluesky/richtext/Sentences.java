package dev.atlex.bluesky.richtext;

import java.util.Locale;
import java.util.Set;

/**
 * Decides where sentences end. No rule is right for every language. These rules may miss the end of a sentence but
 * rarely cut inside one, which readers would notice.
 */
final class Sentences {
    private static final String STOPS = ".!?…‽؟۔।॥։";
    /** Full stops in scripts without spaces between sentences. */
    private static final String WIDE_STOPS = "。！？｡";

    private static final String CLOSERS = ")]}\"'”’»›」』）】〉》*_~";
    private static final Set<String> ABBREVIATIONS =
            Set.of("dr", "etc", "fig", "jr", "mr", "mrs", "ms", "no", "nr", "prof", "sr", "st", "vol", "vs");

    private Sentences() {}

    static boolean isWideStop(int c) {
        return WIDE_STOPS.indexOf(c) >= 0;
    }

    static boolean isCloser(int c) {
        return CLOSERS.indexOf(c) >= 0;
    }

    /**
     * Returns whether a word ends its sentence.
     *
     * @param start the start of the word
     * @param end the end of the word
     * @param next the start of the next word
     * @param first whether the word is the first of its sentence
     */
    static boolean endWith(String text, int start, int end, int next, boolean first) {
        for (int i = end; i < next; i++) {
            if (CharClasses.isLineBreak(text.charAt(i)) || text.charAt(i) == '\u2028' || text.charAt(i) == '\u2029') {
                return true;
            }
        }
        int last = end;
        while (last > start && isCloser(text.charAt(last - 1))) {
            last--;
        }
        if (last == start) {
            return false;
        }
        char stop = text.charAt(last - 1);
        if (isWideStop(stop)) {
            return true;
        }
        if (STOPS.indexOf(stop) < 0 || Character.isLowerCase(text.codePointAt(next))) {
            return false;
        }
        return stop != '.' || !isAbbreviation(text, start, last - 1, first);
    }

    /** Returns whether a word before a full stop is an initial, a known abbreviation, or a list number. */
    private static boolean isAbbreviation(String text, int start, int end, boolean first) {
        int from = start;
        while (from < end && !Character.isLetterOrDigit(text.codePointAt(from))) {
            from++;
        }
        int length = end - from;
        if (length == 1 && Character.isUpperCase(text.charAt(from))) {
            return true;
        }
        if (length <= 4 && ABBREVIATIONS.contains(text.substring(from, end).toLowerCase(Locale.ROOT))) {
            return true;
        }
        return first && length > 0 && isNumber(text, from, end);
    }

    private static boolean isNumber(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!CharClasses.isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
