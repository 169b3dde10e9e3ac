package dev.atlex.cli.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigFolderTest {
    private static Path folder(Map<String, String> variables, String system, Path home) {
        return ConfigFolder.of(environment(variables), system, home);
    }

    private static Path home(String variable, String jvmHome) {
        return ConfigFolder.home(environment(Map.of("HOME", variable)), "linux", jvmHome);
    }

    private static CliEnvironment environment(Map<String, String> variables) {
        return new CliEnvironment(
                variables, InputStream.nullInputStream(), System.out, System.err, () -> null, () -> false, () -> 0);
    }

    @Test
    void of_followsConventionsOfOperatingSystem() {
        Path home = Path.of("/home/alice");
        assertThat(folder(Map.of(), "linux", home)).isEqualTo(Path.of("/home/alice/.config/atlex"));
        assertThat(folder(Map.of("XDG_CONFIG_HOME", "/etc/alice"), "linux", home))
                .isEqualTo(Path.of("/etc/alice/atlex"));
        assertThat(folder(Map.of("XDG_CONFIG_HOME", "relative"), "linux", home))
                .isEqualTo(Path.of("/home/alice/.config/atlex"));
        assertThat(folder(Map.of("XDG_CONFIG_HOME", "/etc/alice"), "mac os x", home))
                .isEqualTo(Path.of("/home/alice/Library/Application Support/atlex"));
        assertThat(folder(Map.of("APPDATA", "/appdata"), "windows 11", home)).isEqualTo(Path.of("/appdata/atlex"));
        assertThat(folder(Map.of(), "windows 11", home)).isEqualTo(Path.of("/home/alice/AppData/Roaming/atlex"));
    }

    @Test
    void home_environmentVariableTakesPrecedence() {
        assertThat(home("/home/me", "/jvm")).isEqualTo(Path.of("/home/me"));
        assertThat(home("", "/jvm")).isEqualTo(Path.of("/jvm"));
        assertThat(home("relative", "/jvm")).isEqualTo(Path.of("/jvm"));
        assertThat(home("bad\0", "/jvm")).isEqualTo(Path.of("/jvm"));
        assertThatThrownBy(() -> home("", "?")).isInstanceOf(Failure.class).hasMessageContainingAll("$HOME", "--store");
        CliEnvironment withHome = environment(Map.of("HOME", "/home/me"));
        assertThat(ConfigFolder.home(withHome, "windows 11", "/jvm")).isEqualTo(Path.of("/jvm"));
        if (System.getProperty("os.name", "").startsWith("Linux")) {
            assertThat(ConfigFolder.of(withHome)).isEqualTo(Path.of("/home/me/.config/atlex"));
            assertThat(ConfigFolder.of(environment(Map.of("HOME", "/home/me", "XDG_CONFIG_HOME", "here"))))
                    .isEqualTo(Path.of("/home/me/.config/atlex"));
            assertThat(ConfigFolder.of(environment(Map.of("HOME", "/home/me", "XDG_CONFIG_HOME", "/conf"))))
                    .isEqualTo(Path.of("/conf/atlex"));
        }
    }
}
