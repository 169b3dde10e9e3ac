package dev.atlex.cli.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.LexValue;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    @Test
    void nestedValues_areIndented() {
        String json = JsonText.indented(
                LexValue.parseJson("{\"a\":[1,{\"b\":null}],\"c\":{},\"d\":[],\"e\":\"x\"}"), Style.PLAIN);
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
        assertThat(JsonText.indented(LexValue.of("a\u009bb\u202ec\u001bd\ud83d\udc69\u200d\ud83d\udcbb"), Style.PLAIN))
                .isEqualTo("\"a\\u009bb\\u202ec\\u001bd\ud83d\udc69\u200d\ud83d\udcbb\"");
    }
}
