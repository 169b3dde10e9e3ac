package dev.atlex.bluesky.richtext;

import static dev.atlex.bluesky.richtext.RichTextTest.shown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.atlex.syntax.Did;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests where parts end, with short limits. {@link RichTextPropertiesTest} tests the invariants. */
class SplitTest {
    private static final String FAMILY = "👨‍👩‍👧‍👦";
    private static final Did ALICE = Did.of("did:plc:ewvi7nxzyoun6zhxrhs64oiz");

    private static List<String> split(String text, int maxGraphemes) {
        return texts(RichText.of(text).split(maxGraphemes, 3000));
    }

    private static List<String> texts(List<RichText> parts) {
        return parts.stream().map(RichText::text).toList();
    }

    @Test
    void textThatFits_isTheOnlyPart() {
        RichText text = RichText.detect(" short \n\n#text ");

        assertThat(text.split()).containsExactly(text);
        assertThat(text.split(300, 3000, PartSuffix.NUMBERED)).containsExactly(text);
        assertThat(RichText.of("").split()).containsExactly(RichText.of(""));
    }

    @Test
    void sentencesAreKeptWhole() {
        assertThat(split("One two. Three four! Five six? Seven", 20))
                .containsExactly("One two. Three four!", "Five six? Seven");
    }

    @Test
    void sentenceLongerThanAPart_fillsIt() {
        assertThat(split("Hi. One two three four five six.", 12))
                .containsExactly("Hi. One two", "three four", "five six.");
    }

    @Test
    void wordLongerThanAPart_isCutBetweenClusters() {
        assertThat(split("ab " + FAMILY.repeat(5) + "🇩🇪🇫🇷", 4))
                .containsExactly("ab " + FAMILY, FAMILY.repeat(4), "🇩🇪🇫🇷");
    }

    @Test
    void blankLinesInsideAPart_stay() {
        assertThat(split("One.\n\nTwo.\r\n\r\nThree is longer.\n\n\n\nFour.", 20))
                .containsExactly("One.\n\nTwo.", "Three is longer.", "Four.");
    }

    @Test
    void lineEndsASentence() {
        assertThat(split("first item\nsecond item\nthird item here", 30))
                .containsExactly("first item\nsecond item", "third item here");
    }

    @ParameterizedTest
    @CsvSource({
        "'See e.g. this one here. Then', 'See e.g. this one here.', Then",
        "'By J. R. R. Tolkien now. Then', 'By J. R. R. Tolkien now.', Then",
        "'Ask Dr. Moe, he may know. Then', 'Ask Dr. Moe, he may know.', Then",
        "'1. Buy some milk (\"now.\") Then', '1. Buy some milk (\"now.\")', Then",
        "'日本語の文章です。次の文です。', 日本語の文章です。, 次の文です。",
        "'「日本語の文章です。」次の文です。', 「日本語の文章です。」, 次の文です。"
    })
    void endOfSentence_isFound(String text, String first, String second) {
        int max = Math.max(RichText.of(first).graphemes(), RichText.of(second).graphemes());

        assertThat(split(text, max)).containsExactly(first, second);
    }

    @Test
    void linksMentionsAndTagsAreKeptWhole() {
        RichText text = RichText.builder()
                .text("one two ")
                .link("three four five", "https://example.com")
                .text(" six #seven")
                .build();

        List<RichText> parts = text.split(16, 3000);

        assertThat(texts(parts)).containsExactly("one two", "three four five", "six #seven");
        assertThat(shown(parts.get(1))).containsExactly("three four five→https://example.com");
    }

    @Test
    void facetsMoveWithTheirPart() {
        List<RichText> parts = RichText.detect("Größe über alles. 😀 https://example.com #é @alice.example.com")
                .resolveMentions(handle -> ALICE, 1)
                .split(30, 3000);

        assertThat(parts.stream().map(RichTextTest::shown))
                .containsExactly(
                        List.of(),
                        List.of("https://example.com→https://example.com", "#é→tag é"),
                        List.of("@alice.example.com→" + ALICE));
    }

    @Test
    void linkLongerThanPart_keepsTargetInEachPart() {
        List<RichText> parts =
                RichText.detect("see https://example.com/abc now").split(10, 3000);

        assertThat(texts(parts)).containsExactly("see", "https://ex", "ample.com/", "abc now");
        assertThat(parts.stream().flatMap(part -> shown(part).stream()))
                .containsExactly(
                        "https://ex→https://example.com/abc",
                        "ample.com/→https://example.com/abc",
                        "abc→https://example.com/abc");
    }

    @Test
    void tagLongerThanAPart_becomesText() {
        List<RichText> parts = RichText.detect("#abcdefgh").split(5, 3000);

        assertThat(texts(parts)).containsExactly("#abcd", "efgh");
        assertThat(parts).allMatch(part -> part.facets().isEmpty());
    }

    @Test
    void bytesCountToo() {
        assertThat(texts(RichText.of("日本 日本 日本").split(300, 13))).containsExactly("日本 日本", "日本");
        assertThat(texts(RichText.of(FAMILY.repeat(3)).split(300, 60))).containsExactly(FAMILY.repeat(2), FAMILY);
    }

    @Test
    void clusterLongerThanAPart_isCutBetweenCharacters() {
        String zalgo = "a" + "\u0301".repeat(2000);

        List<RichText> parts = RichText.of(zalgo).split();

        assertThat(String.join("", texts(parts))).isEqualTo(zalgo);
        assertThat(parts).hasSize(2).allMatch(part -> part.fits(300, 3000));
    }

    @Test
    void noBreakSpaces_keepWordsTogether() {
        assertThat(split("one 10\u00a0km two", 10)).containsExactly("one 10\u00a0km", "two");
        assertThat(split("to 100\u00a0km", 8)).containsExactly("to", "100\u00a0km");
    }

    @Test
    void spacesThatAreTooLong_areLeftOut() {
        assertThat(split("a" + " ".repeat(50) + "b\n" + "\n".repeat(50), 10)).containsExactly("a", "b");
        assertThat(split(" ".repeat(50), 10)).containsExactly("");
    }

    @Test
    void numbersFitIntoParts() {
        List<RichText> parts = RichText.of("word ".repeat(100)).split(24, 3000, PartSuffix.NUMBERED);

        assertThat(parts).allMatch(part -> part.fits(24, 3000));
        assertThat(parts.get(0).text()).isEqualTo("word word word (1/" + parts.size() + ")");
        assertThat(parts.get(parts.size() - 1).text()).endsWith("(" + parts.size() + "/" + parts.size() + ")");
    }

    @Test
    void suffix_isNotPartOfLastFacet() {
        List<RichText> parts = RichText.detect("one two #three four").split(16, 3000, PartSuffix.NUMBERED);

        assertThat(texts(parts)).containsExactly("one two (1/3)", "#three (2/3)", "four (3/3)");
        assertThat(shown(parts.get(1))).containsExactly("#three→tag three");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0})
    void noRoom_throws(int max) {
        assertThatIllegalArgumentException().isThrownBy(() -> RichText.of("a").split(max, 3000));
        assertThatIllegalArgumentException().isThrownBy(() -> RichText.of("a").split(300, max));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RichText.of("a b c d e f").split(6, 3000, PartSuffix.NUMBERED))
                .withMessageContaining("suffixes take 6");
    }
}
