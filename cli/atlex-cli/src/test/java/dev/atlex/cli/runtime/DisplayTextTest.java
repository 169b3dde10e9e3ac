package dev.atlex.cli.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DisplayTextTest {
    /** A title-setting sequence, the 8-bit form of CSI, a bidirectional override, a line separator and a lone surrogate. */
    private static final String ATTACK = "a\u001b]0;owned\u0007b\u009b31mc\u202ed\u2028e\ud800f\u007fg";

    private static final String FAMILY = "\ud83d\udc69\u200d\ud83d\udc67";

    @Test
    void visible_replacesTerminalControls() {
        assertThat(DisplayText.visible(ATTACK)).isEqualTo("a ]0;owned b 31mc d e f g");
        assertThat(DisplayText.visible("é漢" + FAMILY)).isEqualTo("é漢" + FAMILY);
    }

    @Test
    void escaped_meansTheSameInJson() {
        assertThat(DisplayText.escaped("\"\u009b\u202e\u007f\udb40\udc01x\""))
                .isEqualTo("\"\\u009b\\u202e\\u007f\\udb40\\udc01x\"");
    }

    @Test
    void width_countsColumns() {
        assertThat(DisplayText.width("abc")).isEqualTo(3);
        assertThat(DisplayText.width("漢字")).isEqualTo(4);
        assertThat(DisplayText.width("한글")).isEqualTo(4);
        assertThat(DisplayText.width("e\u0301")).isEqualTo(1);
        assertThat(DisplayText.width("\ud83d\ude00")).isEqualTo(2);
        assertThat(DisplayText.width("ﾊﾝ")).isEqualTo(2);
    }

    @Test
    void cut_keepsWholeCharacters() {
        assertThat(DisplayText.cut("abcdef", 6)).isEqualTo("abcdef");
        assertThat(DisplayText.cut("abcdef", 4)).isEqualTo("abc…");
        assertThat(DisplayText.cut("漢字漢字", 6)).isEqualTo("漢字…");
        assertThat(DisplayText.cut("漢字漢字", 4)).isEqualTo("漢…");
    }

    @Test
    void wrap_breaksAtSpaces_butNeverInLinks() {
        assertThat(DisplayText.wrap("one two three", 8)).containsExactly("one two", "three");
        assertThat(DisplayText.wrap("see https://example.com/long now", 10))
                .containsExactly("see", "https://example.com/long", "now");
        assertThat(DisplayText.wrap("", 10)).containsExactly("");
    }
}
