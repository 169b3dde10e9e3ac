package dev.atlex.data.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExcerptTest {
    @Test
    void line_whiteSpaceAndInvisibleCharacters_becomeOneSpace() {
        assertThat(Excerpt.line(" a\r\n\tERROR b\u202ec\u2028d\ud800e ", 80)).isEqualTo("a ERROR b c d e");
    }

    @Test
    void line_joinersInEmoji_areKept() {
        assertThat(Excerpt.line("👩\u200d🚀", 80)).isEqualTo("👩\u200d🚀");
    }

    @Test
    void line_longText_isCutWithoutSplittingAPair() {
        assertThat(Excerpt.line("abc😀", 4)).isEqualTo("abc…");
        assertThat(Excerpt.line("abc", 3)).isEqualTo("abc");
        assertThat(Excerpt.line("abcd", 3)).isEqualTo("abc…");
        assertThat(Excerpt.line("a" + " ".repeat(1000) + "b", 3)).isEqualTo("a…");
    }

    @Test
    void head_longText_isCutWithoutSplittingAPair() {
        assertThat(Excerpt.head("ab\n", 3)).isEqualTo("ab\n");
        assertThat(Excerpt.head("ab😀", 3)).isEqualTo("ab…");
        assertThat(Excerpt.head("", 0)).isEmpty();
        assertThat(Excerpt.head("😀", 0)).isEqualTo("…");
    }

    @Test
    void quote_quotesAndInvisibleCharacters_areEscaped() {
        assertThat(Excerpt.quote("a \"b\"\\\n\u00a0\u202e\ud800😀"))
                .isEqualTo("\"a \\\"b\\\"\\\\\\u000a\\u00a0\\u202e\\ud800😀\"");
    }

    @Test
    void quote_longText_isCut() {
        assertThat(Excerpt.quote("a".repeat(64))).isEqualTo('"' + "a".repeat(64) + '"');
        assertThat(Excerpt.quote("a".repeat(65))).isEqualTo('"' + "a".repeat(64) + "…\"");
        assertThat(Excerpt.quote("abc😀", 4)).isEqualTo("\"abc…\"");
        assertThat(Excerpt.quote("\n".repeat(100), 12)).isEqualTo("\"\\u000a\\u000a…\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {' ', '\t', 0x7f, 0xa0, 0xad, 0x200b, 0x2028, 0x3164, 0xfe0f, 0xfeff, 0xe0100})
    void isInvisible_charactersWithoutAMark_areInvisible(int c) {
        assertThat(Excerpt.isInvisible(c)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {'!', '~', 0xe4, 0x301, 0xfffd, 0x1f600})
    void isInvisible_otherCharacters_areVisible(int c) {
        assertThat(Excerpt.isInvisible(c)).isFalse();
    }
}
