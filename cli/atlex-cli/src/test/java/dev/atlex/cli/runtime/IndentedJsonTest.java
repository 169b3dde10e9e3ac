package dev.atlex.cli.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.LexValue;
import org.junit.jupiter.api.Test;

class IndentedJsonTest {
    @Test
    void nestedValues_areIndented() {
        String json = IndentedJson.of(LexValue.parseJson("{\"a\":[1,{\"b\":null}],\"c\":{},\"d\":[],\"e\":\"x\"}"));
        assertThat(json).isEqualTo("""
                        {
                          "a": [
                            1,
                            {
                              "b": null
                            }
                          ],
                          "c": {},
                          "d": [],
                          "e": "x"
                        }""");
    }

    @Test
    void controlCharacters_areEscaped() {
        assertThat(IndentedJson.of(LexValue.of("a\u009bb\u202ec\u001bd\ud83d\udc69\u200d\ud83d\udcbb")))
                .isEqualTo("\"a\\u009bb\\u202ec\\u001bd\ud83d\udc69\u200d\ud83d\udcbb\"");
    }
}
