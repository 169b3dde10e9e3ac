package dev.atlex.schema.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the rules with examples and against ICU4J's break iterator, which doesn't share our table of properties. */
class GraphemesTest {
    private final BreakIterator oracle = BreakIterator.getCharacterInstance(Locale.ROOT);

    /** Examples derived from the text of UAX #29 without ICU4J: the expected count, then the code points in hexadecimal. */
    @ParameterizedTest
    @CsvSource({
        // GB1 to GB5
        "0, ''",
        "1, 61",
        "3, 61 62 63",
        "1, D A",
        "2, A D",
        "3, 61 D A 62",
        "4, 61 D A 301 62",
        "3, 61 200B 62",
        "2, 200B 301",
        "2, 61 AD",
        // GB6 to GB8: Hangul
        "1, 1100 1161 11A8",
        "1, AC00 11A8",
        "1, 1100 AC01 11A8 11A8",
        "1, AC00 1161",
        "2, AC01 1161",
        "2, 11A8 1100",
        "2, AC00 AC00",
        // GB9, GB9a, GB9b
        "1, 65 301 302 303",
        "1, 301",
        "1, 61 200D",
        "2, 61 200D 62",
        "1, 928 93F",
        "1, BA8 BBF",
        "1, E01 E33",
        "1, 600 661",
        "1, 600 600 661",
        "2, 600 A",
        "1, 600 1F1E9 1F1EA",
        // GB9c: Indic conjuncts
        "1, 915 94D 924",
        "1, 915 94D 94D 924",
        "1, 915 94D 200D 924",
        "1, 915 93C 200D 94D 924",
        "1, 915 94D 924 94D 92F",
        "1, 915 94D 301 924",
        "2, 915 94D 200C 924",
        "2, 915 924",
        "2, 915 93C 924",
        "2, 915 94D 61",
        "3, 915 94D 61 924",
        "1, 61 94D 924",
        "2, BA4 BCD BA4",
        // GB11: emoji
        "1, 1F44D 1F3FD",
        "1, 2764 FE0F",
        "1, 31 FE0F 20E3",
        "1, 1F468 200D 1F469 200D 1F467 200D 1F466",
        "1, 1F3F3 FE0F 200D 1F308",
        "1, 1F469 1F3FD 200D 2764 FE0F 200D 1F48B 200D 1F468 1F3FB",
        "1, A9 200D AE",
        "2, 1F468 1F469",
        "2, 1F468 200D 200D 1F469",
        "2, 1F468 200D 61",
        "2, 61 200D 1F469",
        "1, 1F3F4 E0067 E0062 E0065 E006E E0067 E007F",
        "1, 1F468 94D 915",
        // GB12, GB13: flags
        "1, 1F1E9 1F1EA",
        "2, 1F1E9 1F1EA 1F1EB",
        "2, 1F1E9 1F1EA 1F1EB 1F1F7",
        "3, 61 1F1E9 1F1EA 1F1EB",
        "2, 1F1E9 200D 1F1EA",
        "3, 1F1E9 61 1F1EA",
        // Unpaired surrogates
        "1, D83D",
        "2, DC4D D83D",
        "3, 61 D83D 62",
        "1, D83D 301",
    })
    void count_followsUax29(int expected, String codePoints) {
        assertThat(Graphemes.count(text(codePoints))).isEqualTo(expected);
    }

    @Test
    void count_everyCodePoint_equalsIcu() {
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            // One call covers the boundaries on both sides of the code point, because only it can join either neighbor.
            assertSameAsIcu("a" + Character.toString(codePoint) + "a");
        }
    }

    @Test
    void count_everySequenceOfFourClasses_equalsIcu() {
        int[] representatives = representatives();
        assertThat(representatives).hasSize(19);
        for (int a : representatives) {
            for (int b : representatives) {
                for (int c : representatives) {
                    String start = Character.toString(a) + Character.toString(b) + Character.toString(c);
                    for (int d : representatives) {
                        assertSameAsIcu(start + Character.toString(d));
                    }
                }
            }
        }
    }

    @Test
    void count_randomTexts_equalsIcu() {
        Random random = new Random(29);
        List<int[]> pools = pools();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 200_000; i++) {
            text.setLength(0);
            for (int length = random.nextInt(24); length > 0; length--) {
                // Pick a class first, then a code point, because nearly all code points have the class OTHER.
                int[] pool = pools.get(random.nextInt(pools.size()));
                text.appendCodePoint(pool[random.nextInt(pool.length)]);
            }
            assertSameAsIcu(text.toString());
        }
    }

    @Test
    void count_randomUnpairedSurrogates_equalsIcu() {
        Random random = new Random(30);
        for (int i = 0; i < 20_000; i++) {
            char[] chars = new char[random.nextInt(12)];
            for (int at = 0; at < chars.length; at++) {
                chars[at] = (char)
                        switch (random.nextInt(4)) {
                            case 0 -> 0xd83c + random.nextInt(2);
                            case 1 -> 0xdc00 + random.nextInt(0x400);
                            case 2 -> 0x300 + random.nextInt(2);
                            default -> random.nextInt(0x10000);
                        };
            }
            assertSameAsIcu(new String(chars));
        }
    }

    @Test
    void end_randomInput_findsSameBoundariesAsIcu() {
        Random random = new Random(31);
        List<int[]> pools = pools();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            text.setLength(0);
            for (int length = random.nextInt(24); length > 0; length--) {
                int[] pool = pools.get(random.nextInt(pools.size()));
                text.appendCodePoint(pool[random.nextInt(pool.length)]);
            }
            oracle.setText(text.toString());
            for (int at = 0; at < text.length(); ) {
                int end = Graphemes.end(text.toString(), at, text.length());
                assertThat(end).as("'%s' from %d", text, at).isEqualTo(oracle.following(at));
                at = end;
            }
        }
    }

    @Test
    void end_limit_isExceededOnlyForSurrogatePair() {
        String family = text("1F468 200D 1F469 200D 1F467");

        assertThat(Graphemes.end(family, 0, family.length())).isEqualTo(8);
        assertThat(Graphemes.end(family, 0, 5)).isEqualTo(5);
        assertThat(Graphemes.end(family, 0, 4)).isEqualTo(3);
        assertThat(Graphemes.end(family, 0, 1)).isEqualTo(2);
        assertThat(Graphemes.end(family, 3, 3)).isEqualTo(3);
    }

    @Test
    void limits_areInclusive() {
        for (String text : List.of(
                "",
                "abc",
                "a\r\nb",
                "\r\n\r\n",
                text("1F468 200D 1F469 200D 1F467"),
                text("61 1F1E9 1F1EA 1F1EB 62"),
                text("915 94D 924 61"),
                "e\u0301".repeat(20))) {
            int count = Graphemes.count(text);
            for (int limit = -1; limit <= text.length() + 1; limit++) {
                assertThat(Graphemes.exceeds(text, limit))
                        .as("'%s' exceeds %d", text, limit)
                        .isEqualTo(count > limit);
                assertThat(Graphemes.isAtLeast(text, limit))
                        .as("'%s' is at least %d", text, limit)
                        .isEqualTo(count >= limit);
            }
            assertThat(Graphemes.exceeds(text, Integer.MAX_VALUE)).isFalse();
            assertThat(Graphemes.isAtLeast(text, Integer.MAX_VALUE)).isFalse();
        }
    }

    @Test
    void count_asciiPrefix_isCountedOnce() {
        assertThat(Graphemes.count("abc\u0301d")).isEqualTo(4);
        assertThat(Graphemes.count("abc\n\u0301d")).isEqualTo(6);
        assertThat(Graphemes.count("abc\r\nd")).isEqualTo(5);
    }

    private void assertSameAsIcu(String text) {
        oracle.setText(text);
        int expected = 0;
        while (oracle.next() != BreakIterator.DONE) {
            expected++;
        }
        int actual = Graphemes.count(text);
        if (actual != expected) {
            assertThat(actual).as(escaped(text)).isEqualTo(expected);
        }
    }

    /** Returns the first code point of each class. */
    private static int[] representatives() {
        return pools().stream().mapToInt(pool -> pool[0]).toArray();
    }

    /** Returns all code points of each class. */
    private static List<int[]> pools() {
        TreeMap<Integer, List<Integer>> pools = new TreeMap<>();
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            // Surrogates have a separate test, because two in a row could form another code point.
            if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
                pools.computeIfAbsent(GraphemeTableGenerator.classOf(codePoint), key -> new ArrayList<>())
                        .add(codePoint);
            }
        }
        return pools.values().stream()
                .map(pool -> pool.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }

    private static String text(String codePoints) {
        StringBuilder text = new StringBuilder();
        for (String codePoint : codePoints.split(" ")) {
            if (!codePoint.isEmpty()) {
                text.appendCodePoint(Integer.parseInt(codePoint, 16));
            }
        }
        return text.toString();
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> escaped.append(String.format("\\u%04x", c)));
        return escaped.toString();
    }
}
