package dev.atlex.cli.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StyleTest {
    private static CliEnvironment environment(Map<String, String> variables) {
        PrintStream none = new PrintStream(OutputStream.nullOutputStream());
        return new CliEnvironment(
                variables, InputStream.nullInputStream(), none, none, () -> null, () -> true, () -> 120);
    }

    @Test
    void variables_enableOrDisableColors() {
        assertThat(Style.asked(environment(Map.of()))).isNull();
        assertThat(Style.asked(environment(Map.of("NO_COLOR", "")))).isNull();
        assertThat(Style.asked(environment(Map.of("NO_COLOR", "1", "CLICOLOR_FORCE", "1"))))
                .isFalse();
        assertThat(Style.asked(environment(Map.of("CLICOLOR_FORCE", "1", "TERM", "dumb"))))
                .isTrue();
        assertThat(Style.asked(environment(Map.of("CLICOLOR_FORCE", "0")))).isNull();
        assertThat(Style.asked(environment(Map.of("TERM", "dumb")))).isFalse();
        assertThat(Style.asked(environment(Map.of("CLICOLOR", "0")))).isFalse();
    }

    @Test
    void width_comesFromTheVariableOrTheTerminal() {
        assertThat(environment(Map.of()).width()).isEqualTo(120);
        assertThat(environment(Map.of("COLUMNS", "60")).width()).isEqualTo(60);
        assertThat(environment(Map.of("COLUMNS", "many")).width()).isEqualTo(120);
    }
}
