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
 * Counts user-perceived characters: the extended grapheme clusters of UAX #29, the unit of a Lexicon string's
 * {@code maxGraphemes} and {@code minGraphemes}.
 *
 * <p>The result depends only on the Unicode version of {@link GraphemeTable}, not on the JDK:
 * {@code java.text.BreakIterator} and {@code \X} of {@code java.util.regex} differ from release to release. A lone
 * surrogate counts as a code point. Nothing is allocated.
 */
public final class Graphemes {
    // The state of an emoji sequence before a code point (rule GB11).
    private static final int NO_EMOJI = 0;
    private static final int EMOJI = 1;
    private static final int EMOJI_JOINER = 2;

    private Graphemes() {}

    /** Returns the number of grapheme clusters: 0 for an empty String, at most its {@code length()}. */
    public static int count(String text) {
        return count(text, Integer.MAX_VALUE);
    }

    /**
     * Returns whether a String has more than {@code max} grapheme clusters. Stops reading at the first cluster beyond
     * {@code max}.
     */
    public static boolean exceeds(String text, int max) {
        // A cluster takes at least one char.
        return text.length() > max && count(text, max + 1) > max;
    }

    /** Returns whether a String has at least {@code min} grapheme clusters. Stops reading once it has found them. */
    public static boolean isAtLeast(String text, int min) {
        return text.length() >= min && count(text, min) >= min;
    }

    /**
     * Returns the end of the cluster that starts at an index, which must be a boundary between clusters.
     *
     * @param limit where to stop reading. A cluster that continues beyond the limit ends there, or before a surrogate
     *     pair that crosses the limit.
     * @return an index after {@code start}: at most {@code limit}, or the end of a surrogate pair at {@code start};
     *     {@code start} if it is the limit
     */
    public static int end(String text, int start, int limit) {
        int at = start;
        int previous = CONTROL;
        boolean linked = false;
        int emoji = NO_EMOJI;
        boolean halfFlag = false;
        while (at < limit) {
            int codePoint = text.codePointAt(at);
            int current = GraphemeClass.of(codePoint);
            int next = at + Character.charCount(codePoint);
            if (at > start && (next > limit || !continues(previous, current, linked, emoji, halfFlag))) {
                break;
            }
            linked = linkedAfter(linked, current);
            emoji = emojiAfter(emoji, current);
            halfFlag = current == REGIONAL_INDICATOR && !halfFlag;
            previous = current;
            at = next;
        }
        return at;
    }

    /** Counts at most {@code stop} clusters, or none if {@code stop} is negative. */
    private static int count(String text, int stop) {
        int count = countPlain(text, Math.min(text.length(), stop));
        int at = count;
        // The start of the text is a break, as is the position after a control (GB1, GB4).
        int previous = at == 0 ? CONTROL : GraphemeClass.of(text.charAt(at - 1));
        boolean linked = false;
        int emoji = NO_EMOJI;
        boolean halfFlag = false;
        while (at < text.length() && count < stop) {
            int codePoint = text.codePointAt(at);
            at += Character.charCount(codePoint);
            int current = GraphemeClass.of(codePoint);
            if (current == OTHER && previous == OTHER) {
                // The fast path for nearly all text. Nothing is pending after OTHER, so there is no state to update.
                count++;
                continue;
            }
            if (!continues(previous, current, linked, emoji, halfFlag)) {
                count++;
            }
            linked = linkedAfter(linked, current);
            emoji = emojiAfter(emoji, current);
            halfFlag = current == REGIONAL_INDICATOR && !halfFlag;
            previous = current;
        }
        return count;
    }

    /** Returns whether a code point belongs to the cluster of the one before it. */
    private static boolean continues(int previous, int current, boolean linked, int emoji, boolean halfFlag) {
        boolean joined = switch (current) {
            case CONSONANT -> linked; // GB9c
            case PICTOGRAPH -> emoji == EMOJI_JOINER; // GB11
            case REGIONAL_INDICATOR -> halfFlag; // GB12, GB13
            default -> false;
        };
        return joined || joins(previous, current);
    }

    /**
     * Returns the length of the prefix of ASCII chars without carriage returns. Each of them is or starts a cluster.
     */
    private static int countPlain(String text, int end) {
        int at = 0;
        while (at < end && text.charAt(at) < 0x80 && text.charAt(at) != '\r') {
            at++;
        }
        return at;
    }

    /** Returns whether two adjacent classes join under the rules that need no further context: GB3 to GB9b. */
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

    /**
     * Returns whether a consonant after {@code current} would join: after a linker, and only InCB=Extend since (GB9c).
     */
    private static boolean linkedAfter(boolean linked, int current) {
        return switch (current) {
            case LINKER, EXTEND_LINKER -> true;
            case EXTEND, ZWJ -> linked;
            default -> false;
        };
    }

    /** Returns the state of an emoji sequence after {@code current} (GB11). */
    private static int emojiAfter(int emoji, int current) {
        return switch (current) {
            case PICTOGRAPH -> EMOJI;
            case EXTEND, EXTEND_LINKER, EXTEND_UNLINKED -> emoji == EMOJI ? EMOJI : NO_EMOJI;
            case ZWJ -> emoji == EMOJI ? EMOJI_JOINER : NO_EMOJI;
            default -> NO_EMOJI;
        };
    }
}
