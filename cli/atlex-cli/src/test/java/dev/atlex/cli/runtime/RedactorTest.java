package dev.atlex.cli.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RedactorTest {
    @Test
    void line_removesSecretsAndControlCharacters() {
        Redactor redactor = new Redactor();
        redactor.add("secret-1");
        redactor.add("abc");
        redactor.add((String) null);
        assertThat(redactor.line("a\nb\r\u001b[0m secret-1 abc \u202e é 👍")).isEqualTo("a b  [0m *** abc   é 👍");
        assertThat(redactor.redact("a\nsecret-1")).isEqualTo("a\n***");
        assertThat(redactor.line("x".repeat(100_000))).hasSizeLessThan(5000);
        assertThat(List.of(redactor.line("").length())).containsExactly(0);
    }
}
