package dev.atlex.session.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.client.transport.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScrubberTest {
    private static final String TOKEN = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing is here | nothing is here",
                "it is hunter2-secret! | it is ***!",
                "hunter2-secrethunter2-secret | ***",
                "begin: hunter2-se | begin: ***",
                "cut: hunt… | cut: ***…",
                "cut: ...cret | cut: ...***",
                "%68unter2%2Dsecret | ***",
                "hunter2&#45;secret | ***",
                "hunter2&#x2D;secret | ***",
                "a hunter isn't secret | a hunter isn't secret",
                "{\"message\":\"hunter2-secret\"} | {\"message\":\"***\"}",
                "{\"message\":\"\\u0068unter2\\u002Dsecret\"} | {\"message\":\"***\"}",
                "{\"accessJwt\":\"any\",\"x\":{\"refreshJwt\" : \"a\\\"b\"}} | {\"accessJwt\":\"***\",\"x\":{\"refreshJwt\" : \"***\"}}",
                "{\"accessJwt\":\"cut off | {\"accessJwt\":\"***",
                "Bearer eyJhbGciOiJIUzI1NiJ9.e30.abc-_ no | Bearer *** no",
                "t=6789abcdefghijklmnop. | t=***.",
                "t=6789abcdef. | t=6789abcdef."
            })
    void secrets_areRemoved(String text, String clean) {
        assertThat(new Scrubber(Set.of("hunter2-secret", TOKEN)).scrub(text)).isEqualTo(clean);
    }

    @Test
    void textWithoutSecret_isTheSameObject() {
        byte[] body = {1, (byte) 0xFF, 2};
        HttpHeaders headers = HttpHeaders.of("a", "b");
        Scrubber scrubber = new Scrubber(List.of("", "hunter2-secret"));

        assertThat(scrubber.scrub(body)).isSameAs(body);
        assertThat(scrubber.scrub(headers)).isSameAs(headers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "eyJ",
                "...",
                "…",
                "&",
                "&#",
                "%",
                "%41",
                "%C3",
                "\\",
                "\\u0061",
                "\"",
                "\":\"",
                "{",
                "[",
                "\"error\":",
                "{\"error\":\"",
                ",\"\\u0065rror\":1",
                "0123456789abcde",
                "aaaaaaaaaaaaaaaa&",
                "+",
                " "
            })
    @Timeout(20)
    void scrubbing_takesLinearTime(String piece) {
        List<String> secrets =
                new ArrayList<>(List.of("a".repeat(31), "a".repeat(16_000), "...".repeat(9), "&".repeat(20)));
        for (int i = 0; i < 100; i++) {
            secrets.add(TOKEN + i);
        }
        Scrubber scrubber = new Scrubber(secrets);
        String text = piece.repeat((64 << 10) / piece.length());

        for (String one : List.of(text, "{" + text, "{\"message\":\"" + text, "{\"a\":1" + text + "}")) {
            assertThat(scrubber.scrub(one)).isNotNull();
        }
    }
}
