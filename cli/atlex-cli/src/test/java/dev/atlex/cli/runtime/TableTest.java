package dev.atlex.cli.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    private final Table table =
            new Table("NAME", "TEXT").row("漢字", "one two three four five").row("a\u001b[2Jb", "x");

    @Test
    void wideCharacters_keepColumnsAligned() {
        assertThat(table.lines(80, Style.PLAIN))
                .containsExactly("NAME    TEXT", "漢字    one two three four five", "a [2Jb  x");
    }

    @Test
    void narrowScreen_cutsTheLastColumn() {
        assertThat(table.lines(24, Style.PLAIN).get(1)).isEqualTo("漢字    one two three f…");
    }

    @Test
    void colors_addOnlyTheirOwnSequences() {
        assertThat(table.lines(80, Style.of(true)).get(2)).isEqualTo("\u001b[36ma [2Jb\u001b[0m  x");
    }
}
