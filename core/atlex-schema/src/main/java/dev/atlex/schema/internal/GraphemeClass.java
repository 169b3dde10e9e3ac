package dev.atlex.schema.internal;

import java.util.Arrays;

/**
 * The class of a code point for the rules of UAX #29. It combines Grapheme_Cluster_Break with Indic_Conjunct_Break and
 * Extended_Pictographic, so that each code point has exactly one class.
 *
 * <p>Classes from {@link #SPACING_MARK} on start a cluster only after a control or at the start of the text (rules GB9
 * and GB9a). They have the highest numbers so that one comparison finds them.
 */
final class GraphemeClass {
    static final int OTHER = 0;
    static final int CR = 1;
    static final int LF = 2;
    static final int CONTROL = 3;
    static final int PREPEND = 4;
    static final int REGIONAL_INDICATOR = 5;
    static final int HANGUL_L = 6;
    static final int HANGUL_V = 7;
    static final int HANGUL_T = 8;
    static final int HANGUL_LV = 9;
    static final int HANGUL_LVT = 10;
    static final int PICTOGRAPH = 11;
    /** InCB=Consonant. */
    static final int CONSONANT = 12;
    /** InCB=Linker without Extend: a few code points that don't extend the previous cluster. */
    static final int LINKER = 13;

    static final int SPACING_MARK = 14;
    /** Extend and InCB=Extend: nearly all marks. */
    static final int EXTEND = 15;
    /** Extend and InCB=Linker: a virama. */
    static final int EXTEND_LINKER = 16;
    /** Extend and InCB=None: the zero width non-joiner, which keeps consonants apart. */
    static final int EXTEND_UNLINKED = 17;

    static final int ZWJ = 18;

    private static final int CLASSES = 19;

    // The table has HANGUL_LVT for all Hangul syllables; arithmetic finds those that end in a vowel (HANGUL_LV).
    private static final int HANGUL_SYLLABLES = 0xac00;
    private static final int HANGUL_TRAILING = 28;

    private static final int BLOCK_BITS = 7;
    private static final int BLOCK_SIZE = 1 << BLOCK_BITS;
    private static final int BLOCK_MASK = BLOCK_SIZE - 1;

    /** The number of the block in {@link #BLOCKS} for each range of 128 code points. */
    private static final byte[] INDEX = new byte[(Character.MAX_CODE_POINT + 1) >> BLOCK_BITS];

    private static final byte[] BLOCKS = expand(GraphemeTable.runs());

    private GraphemeClass() {}

    /** Returns the class of a code point from 0 to 0x10FFFF. Surrogates are {@link #OTHER}. */
    static int of(int codePoint) {
        int block = INDEX[codePoint >> BLOCK_BITS] & 0xff;
        int value = BLOCKS[block << BLOCK_BITS | codePoint & BLOCK_MASK];
        return value == HANGUL_LVT && (codePoint - HANGUL_SYLLABLES) % HANGUL_TRAILING == 0 ? HANGUL_LV : value;
    }

    /**
     * Fills the index and returns the blocks. Each block below {@link #CLASSES} contains only the class of its number,
     * so a long run needs mostly index entries. Blocks with several classes follow.
     */
    private static byte[] expand(String runs) {
        byte[] blocks = new byte[256 << BLOCK_BITS];
        for (int i = 0; i < CLASSES; i++) {
            Arrays.fill(blocks, i << BLOCK_BITS, (i + 1) << BLOCK_BITS, (byte) i);
        }
        int used = CLASSES;
        int codePoint = 0;
        int length = 0;
        for (int i = 0; i < runs.length(); i++) {
            char c = runs.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                byte value = (byte) (c - 'A');
                int end = codePoint + Math.max(length, 1);
                length = 0;
                while (codePoint < end) {
                    int next = Math.min(end, (codePoint | BLOCK_MASK) + 1);
                    if (next - codePoint == BLOCK_SIZE) {
                        INDEX[codePoint >> BLOCK_BITS] = value;
                    } else {
                        int start = used << BLOCK_BITS | codePoint & BLOCK_MASK;
                        Arrays.fill(blocks, start, start + next - codePoint, value);
                        INDEX[codePoint >> BLOCK_BITS] = (byte) used;
                        if ((next & BLOCK_MASK) == 0) {
                            used++;
                        }
                    }
                    codePoint = next;
                }
            } else if (c != '\n') {
                length = length * 36 + Character.digit(c, 36);
            }
        }
        return Arrays.copyOf(blocks, used << BLOCK_BITS);
    }
}
