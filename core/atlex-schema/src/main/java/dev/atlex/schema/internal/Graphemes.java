package dev.atlex.schema.internal;

import static dev.atlex.schema.internal.GraphemeClass.CONSONANT;
import static dev.atlex.schema.internal.GraphemeClass.CONTROL;
import static dev.atlex.schema.internal.GraphemeClass.CR;
import static dev.atlex.schema.internal.GraphemeClass.EXTEND;
import static dev.atlex.schema.internal.GraphemeClass.EXTEND_LINKER;
import static dev.atlex.schema.internal.GraphemeClass.EXTEND_UNLINKED;
import static dev.atlex.schema.internal.GraphemeClass.HANGUL_L;
import static dev.atlex.schema.internal.GraphemeClass.HANGUL_LV;
import static dev.atlex.schema.internal.GraphemeClass.HANGUL_LVT;
import static dev.atlex.schema.internal.GraphemeClass.HANGUL_T;
import static dev.atlex.schema.internal.GraphemeClass.HANGUL_V;
import static dev.atlex.schema.internal.GraphemeClass.LF;
import static dev.atlex.schema.internal.GraphemeClass.LINKER;
import static dev.atlex.schema.internal.GraphemeClass.OTHER;
import static dev.atlex.schema.internal.GraphemeClass.PICTOGRAPH;
import static dev.atlex.schema.internal.GraphemeClass.PREPEND;
import static dev.atlex.schema.internal.GraphemeClass.REGIONAL_INDICATOR;
import static dev.atlex.schema.internal.GraphemeClass.SPACING_MARK;
import static dev.atlex.schema.internal.GraphemeClass.ZWJ;

/**
 * Counts what a reader takes for one character: the extended grapheme clusters of UAX #29, which {@code maxGraphemes} and
 * {@code minGraphemes} of a Lexicon string are measured in.
 *
 * <p>The answer depends on the version of Unicode that {@link GraphemeTable} was made from, and on nothing of the JDK:
 * {@code java.text.BreakIterator} and {@code \X} of {@code java.util.regex} differ from release to release. A lone surrogate
 * is a code point of its own. Nothing is allocated.
 */
public final class Graphemes {
    // How far the text before a code point is into an emoji sequence (rule GB11).
    private static final int NO_EMOJI = 0;
    private static final int EMOJI = 1;
    private static final int EMOJI_JOINER = 2;

    private Graphemes() {}

    /** How many grapheme clusters the text has: 0 for the empty text, never more than its {@code length()}. */
    public static int count(String text) {
        return count(text, Integer.MAX_VALUE);
    }

    /** Whether the text has more than {@code max} grapheme clusters. Reads no further than it takes to tell. */
    public static boolean exceeds(String text, int max) {
        // No text has more clusters than chars.
        return text.length() > max && count(text, max + 1) > max;
    }

    /** Whether the text has {@code min} grapheme clusters or more. Reads no further than it takes to tell. */
    public static boolean isAtLeast(String text, int min) {
        return text.length() >= min && count(text, min) >= min;
    }

    /** Counts up to {@code stop} clusters, none where it is negative. */
    private static int count(String text, int stop) {
        int count = countPlain(text, Math.min(text.length(), stop));
        int at = count;
        // A text starts as it goes on after a control: with a break (GB1, GB4).
        int previous = at == 0 ? CONTROL : GraphemeClass.of(text.charAt(at - 1));
        boolean linked = false;
        int emoji = NO_EMOJI;
        boolean halfFlag = false;
        while (at < text.length() && count < stop) {
            int codePoint = text.codePointAt(at);
            at += Character.charCount(codePoint);
            int current = GraphemeClass.of(codePoint);
            if (current == OTHER && previous == OTHER) {
                // Nearly all text. Nothing is pending after OTHER, so there is no state to renew.
                count++;
                continue;
            }
            boolean joined = switch (current) {
                case CONSONANT -> linked; // GB9c
                case PICTOGRAPH -> emoji == EMOJI_JOINER; // GB11
                case REGIONAL_INDICATOR -> halfFlag; // GB12, GB13
                default -> false;
            };
            if (!joined && !joins(previous, current)) {
                count++;
            }
            linked = linkedAfter(linked, current);
            emoji = emojiAfter(emoji, current);
            halfFlag = current == REGIONAL_INDICATOR && !halfFlag;
            previous = current;
        }
        return count;
    }

    /** How many chars from the start are ASCII and no carriage return: of these each is a cluster, or starts one. */
    private static int countPlain(String text, int end) {
        int at = 0;
        while (at < end && text.charAt(at) < 0x80 && text.charAt(at) != '\r') {
            at++;
        }
        return at;
    }

    /** Whether there is no break between two neighbours, by the rules that look at nothing else: GB3 to GB9b. */
    private static boolean joins(int previous, int current) {
        boolean joins = switch (previous) {
            case CR -> current == LF;
            case PREPEND -> current != CR && current != LF && current != CONTROL;
            case HANGUL_L ->
                current == HANGUL_L || current == HANGUL_V || current == HANGUL_LV || current == HANGUL_LVT;
            case HANGUL_LV, HANGUL_V -> current == HANGUL_V || current == HANGUL_T;
            case HANGUL_LVT, HANGUL_T -> current == HANGUL_T;
            default -> false;
        };
        return joins || current >= SPACING_MARK && previous != CR && previous != LF && previous != CONTROL;
    }

    /** Whether a consonant would join what now ends in {@code current}: a linker, then only InCB=Extend (GB9c). */
    private static boolean linkedAfter(boolean linked, int current) {
        return switch (current) {
            case LINKER, EXTEND_LINKER -> true;
            case EXTEND, ZWJ -> linked;
            default -> false;
        };
    }

    private static int emojiAfter(int emoji, int current) {
        return switch (current) {
            case PICTOGRAPH -> EMOJI;
            case EXTEND, EXTEND_LINKER, EXTEND_UNLINKED -> emoji == EMOJI ? EMOJI : NO_EMOJI;
            case ZWJ -> emoji == EMOJI ? EMOJI_JOINER : NO_EMOJI;
            default -> NO_EMOJI;
        };
    }
}
